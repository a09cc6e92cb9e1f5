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
    ['password="***", user', 'password="***", user'],
    ['postgres://u:p@ss:w@db/x', 'postgres://u:***@db/x'],
    ['{"password": "my long, (odd) pass"}', '{"password": "***"}'],
    [String.raw`"{\"token\": \"a b\"}"`, String.raw`"{\"token\": \"***\"}"`],
    [String.raw`secret='it\'s me', a=1`, "secret='***', a=1"],
    ['password="never ends', 'password="***'],
    [
      '?X-Amz-Signature=abc123&X-Amz-Date=1',
      '?X-Amz-Signature=***&X-Amz-Date=1',
    ],
    ['refused ghp_0123456789abcdefABCDEF for', 'refused *** for'],
    ['sent to xoxb-1234567890-abcdefghij', 'sent to ***'],
    [
      '"-----BEGIN RSA PRIVATE KEY-----MIIEow',
      '"-----BEGIN RSA PRIVATE KEY-----***',
    ],
    ['MIIEowIBAAKCAQEA'.repeat(4), '***'],
    ['eyJhbGciOiJIUzI1NiIs, cut', '***, cut'],
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
