import { withoutSecrets } from './secrets';

describe('secrets in a line of a log', () => {
  it.each([
    ['postgresql://etl:hunter2@db:5432/x', 'postgresql://etl:***@db:5432/x'],
    ['redis://:hunter2@cache', 'redis://:***@cache'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer ***'],
    [
      '{"password": "hunter2", "user": "etl"}',
      '{"password": "***", "user": "etl"}',
    ],
    ["api_key='k-123456' failed", "api_key='***' failed"],
    ['token=abc123&page=2', 'token=***&page=2'],
    ['AWS_SECRET_ACCESS_KEY=abc/def+123', 'AWS_SECRET_ACCESS_KEY=***'],
    ['key AKIAIOSFODNN7EXAMPLE refused', 'key *** refused'],
    ['jwt eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl', 'jwt ***'],
    ['password: ***', 'password: ***'],
  ])('%s', (line, expected) => {
    expect(withoutSecrets(line)).toBe(expected);
  });

  it.each([
    'KeyError: token not found',
    'https://airflow.example.com:8080/dags?page=2',
    'ValueError: unexpected null in column "amount"',
    'basic checks passed',
  ])('are not seen in: %s', line => {
    expect(withoutSecrets(line)).toBe(line);
  });
});
