module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  restrictedSyntax: [
    {
      selector:
        ':matches(ClassBody, :function) NewExpression[callee.name="AsyncLocalStorage"]',
      message:
        'Node touches each AsyncLocalStorage with every promise of the backend: keep one for all.',
    },
  ],
});
