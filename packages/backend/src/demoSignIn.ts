import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** The header in which the demo's browser says who it wants to be. */
const HEADER = 'x-demo-user';

/**
 * Lets the reader of the demo be one of the people that `auth.providers.demo.users` lists, without a password. It
 * works in development only, unless the configuration says otherwise, as for browser tests.
 */
export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-sign-in',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const section = config.getOptionalConfig('auth.providers.demo');
        if (!section) return;
        const users = section.getStringArray('users');
        const isAllowed =
          process.env.NODE_ENV === 'development' ||
          section.getOptionalBoolean('dangerouslyAllowOutsideDevelopment') ===
            true;
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => undefined,
              async authenticate({ req }) {
                const user = req.header(HEADER) ?? users[0];
                if (!isAllowed) {
                  throw new NotAllowedError(
                    'The demo sign-in works in development only',
                  );
                }
                if (!users.includes(user)) {
                  throw new AuthenticationError(
                    `auth.providers.demo.users does not list ${user}`,
                  );
                }
                return { result: { user } };
              },
            }),
            signInResolver: ({ result: { user } }, context) =>
              context.signInWithCatalogUser({ entityRef: { name: user } }),
          }),
        });
      },
    });
  },
});
