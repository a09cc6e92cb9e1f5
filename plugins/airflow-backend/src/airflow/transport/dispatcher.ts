import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { AirflowClientOptions } from '../options';

/** Makes the connection pool of one cluster: its own, so that one cluster's trouble stays its own. */
export function createDispatcher(
  options: Pick<AirflowClientOptions, 'tls' | 'proxy' | 'limits'>,
): Dispatcher {
  const { tls, proxy, limits } = options;
  const connect = {
    ca: tls?.ca,
    cert: tls?.cert,
    key: tls?.key,
    rejectUnauthorized: !tls?.insecureSkipVerify,
    timeout: limits.timeoutMs,
  };
  const pool = {
    connections: limits.maxInFlight,
    connect,
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
    // Collectors come round every 30 seconds: a connection outlives one round.
    keepAliveTimeout: 45_000,
  };
  if (!proxy) return new Agent(pool);
  return new ProxyAgent({
    ...pool,
    uri: proxy,
    requestTls: connect,
    // Plain HTTP goes through as proxies expect it; HTTPS is tunnelled all the same.
    proxyTunnel: false,
  });
}
