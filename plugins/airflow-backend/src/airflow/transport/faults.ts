import { isError } from '@backstage/errors';
import { AirflowError, type AirflowErrorCode } from '../errors';

/** What a request was about, as errors tell it. */
export interface Attempt {
  cluster: string;
  /** Method and path. */
  attempted: string;
  host: string;
  timeoutMs: number;
}

interface Fault {
  code: AirflowErrorCode;
  message: string;
  hint: string;
}

const tlsReasons: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate chain ends in an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate was issued by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT:
    'the issuer of its certificate is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the issuer of its certificate is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate was issued for another host name',
};

const socketReasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
  EHOSTUNREACH: 'no route leads to the host',
  ENETUNREACH: 'no route leads to its network',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name could not be looked up',
};

const timeouts: Record<string, string> = {
  UND_ERR_CONNECT_TIMEOUT: 'accepted no connection',
  ETIMEDOUT: 'accepted no connection',
  UND_ERR_HEADERS_TIMEOUT: 'sent no answer',
  UND_ERR_BODY_TIMEOUT: 'fell silent in the middle of its answer',
};

function codeOf(error: unknown): string {
  return isError(error) && 'code' in error ? String(error.code) : '';
}

/** What keeps a connection from being made or used, in words about the other end; undefined when nobody can tell. */
export function connectionReason(error: unknown): string | undefined {
  const code = codeOf(error);
  if (code in timeouts) return `it ${timeouts[code]}`;
  return tlsReasons[code] ?? socketReasons[code];
}

function isTls(code: string): boolean {
  return (
    code in tlsReasons ||
    /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED|EPROTO)/.test(code)
  );
}

function tlsFault(code: string, attempt: Attempt): Fault {
  const reason = tlsReasons[code] ?? `the handshake failed (${code})`;
  const hint =
    code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG'
      ? `The server does not speak TLS on this port: check http or https in baseUrl of cluster ${attempt.cluster}`
      : `Renew the server's certificate, or check tls.ca, tls.cert and tls.key of cluster ${attempt.cluster}`;
  return {
    code: 'tls',
    message: `Cluster ${attempt.cluster} has no trustworthy TLS connection at ${attempt.host}: ${reason}`,
    hint,
  };
}

function proxyFault(error: unknown, attempt: Attempt): Fault | undefined {
  const text = isError(error) ? error.message : '';
  const status =
    /^Proxy response \((\d{3})\)/.exec(text)?.[1] ??
    /^Proxy Authentication Required \((407)\)/.exec(text)?.[1];
  if (!status) return undefined;
  return {
    code: 'unreachable',
    message: `Cluster ${attempt.cluster} could not be reached: the proxy answered with status ${status}`,
    hint: `Check proxy of cluster ${attempt.cluster}, and that the proxy allows ${attempt.host}`,
  };
}

function describe(error: unknown, attempt: Attempt): Fault {
  const { cluster, host, timeoutMs } = attempt;
  const code = codeOf(error);
  const proxy = proxyFault(error, attempt);
  if (proxy) return proxy;
  if (isTls(code)) return tlsFault(code, attempt);
  if (code in timeouts) {
    return {
      code: 'timeout',
      message: `Cluster ${cluster} ${timeouts[code]} within ${
        timeoutMs / 1000
      } seconds`,
      hint: `See whether the Airflow at ${host} is overloaded, or raise limits.timeout of cluster ${cluster}`,
    };
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return {
      code: 'unauthorized',
      message: `What the portal would sign in with to cluster ${cluster} cannot stand in an HTTP header`,
      hint: `Look for line breaks, and for letters beyond ASCII, in auth of cluster ${cluster}`,
    };
  }
  if (code.startsWith('HPE_')) {
    return {
      code: 'not-an-airflow',
      message: `What answers for cluster ${cluster} at ${host} does not speak HTTP`,
      hint: `Check http or https and the port in baseUrl of cluster ${cluster}`,
    };
  }
  const reason = socketReasons[code] ?? (code || 'the connection failed');
  return {
    code: 'unreachable',
    message: `Cluster ${cluster} could not be reached at ${host}: ${reason}`,
    hint: `Check that this Airflow runs, and baseUrl, proxy and firewalls between the portal and cluster ${cluster}`,
  };
}

/** What went wrong before an answer came. */
export function connectionFault(
  error: unknown,
  attempt: Attempt,
): AirflowError {
  if (error instanceof AirflowError) return error;
  return new AirflowError({
    ...describe(error, attempt),
    cluster: attempt.cluster,
    attempted: attempt.attempted,
    cause: error,
  });
}

/** What went wrong while an answer was read. */
export function bodyFault(error: unknown, attempt: Attempt): AirflowError {
  if (error instanceof AirflowError || codeOf(error) in timeouts) {
    return connectionFault(error, attempt);
  }
  return new AirflowError({
    code: 'invalid-response',
    cluster: attempt.cluster,
    attempted: attempt.attempted,
    message: `The answer of cluster ${attempt.cluster} broke off before its end`,
    hint: `Try again; if it stays, look for a proxy or load balancer before ${attempt.host} that cuts answers, or for webserver workers that were killed`,
    cause: error,
  });
}

export function deadlineFault(attempt: Attempt, ms: number): AirflowError {
  return new AirflowError({
    code: 'timeout',
    cluster: attempt.cluster,
    attempted: attempt.attempted,
    message: `Cluster ${attempt.cluster} did not complete its answer within ${
      ms / 1000
    } seconds`,
    hint: `See whether the Airflow at ${attempt.host} is overloaded, or raise limits.timeout of cluster ${attempt.cluster}`,
  });
}

export function endlessFault(attempt: Attempt, ms: number): AirflowError {
  return new AirflowError({
    code: 'too-large',
    cluster: attempt.cluster,
    attempted: attempt.attempted,
    message: `Cluster ${
      attempt.cluster
    } did not come to the end of its answer within ${ms / 60_000} minutes`,
    hint: `Look at it in the Airflow at ${attempt.host} itself, or wherever that stores its logs`,
  });
}

export function tooLargeFault(
  attempt: Attempt,
  maxBytes: number,
): AirflowError {
  return new AirflowError({
    code: 'too-large',
    cluster: attempt.cluster,
    attempted: attempt.attempted,
    message: `The answer of cluster ${attempt.cluster} is larger than ${maxBytes} bytes`,
    hint: `Raise limits.maxResponseBytes of cluster ${attempt.cluster} if answers of this size are to be expected there`,
  });
}
