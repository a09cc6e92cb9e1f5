import { bodyFault, connectionFault } from './faults';

const attempt = {
  cluster: 'prod-eu',
  attempted: 'GET /api/v2/dags',
  host: 'airflow.example.com',
  timeoutMs: 15_000,
};

function withCode(code: string, message = `secret words about ${code}`) {
  return Object.assign(new Error(message), { code });
}

describe('what a lost connection is told as', () => {
  it.each([
    ['ECONNREFUSED', 'unreachable', 'nothing listens there'],
    ['EHOSTUNREACH', 'unreachable', 'no route leads to the host'],
    ['ENETUNREACH', 'unreachable', 'no route leads to its network'],
    ['ENOTFOUND', 'unreachable', 'its host name is unknown'],
    ['EWHATEVER', 'unreachable', 'EWHATEVER'],
    ['CERT_HAS_EXPIRED', 'tls', 'its certificate has expired'],
    ['CERT_NOT_YET_VALID', 'tls', 'its certificate is not valid yet'],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'tls',
      'issued by an authority that is not trusted here',
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'tls',
      'ends in an authority that is not trusted here',
    ],
    ['EPROTO', 'tls', 'the handshake failed (EPROTO)'],
    [
      'UND_ERR_CONNECT_TIMEOUT',
      'timeout',
      'accepted no connection within 15 seconds',
    ],
    ['HPE_INVALID_CONSTANT', 'not-an-airflow', 'does not speak HTTP'],
    ['UND_ERR_INVALID_ARG', 'unauthorized', 'cannot stand in an HTTP header'],
  ])('%s', (errorCode, code, words) => {
    const error = connectionFault(withCode(errorCode), attempt);
    expect(error.toProblem()).toEqual({
      code,
      cluster: 'prod-eu',
      attempted: 'GET /api/v2/dags',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('prod-eu'),
    });
    expect(error.message).toContain('prod-eu');
    expect(error.message).not.toContain('secret');
  });

  it('is passed on when it has been told already', () => {
    const told = connectionFault(withCode('ENOTFOUND'), attempt);
    expect(connectionFault(told, attempt)).toBe(told);
    expect(bodyFault(told, attempt)).toBe(told);
  });
});
