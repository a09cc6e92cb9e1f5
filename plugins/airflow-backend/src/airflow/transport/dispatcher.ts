import { Agent, errors, Pool, ProxyAgent, type Dispatcher } from 'undici';
import type { AirflowClientOptions } from '../options';

/** Connections to a proxy, through which tunnels are asked for. */
class Tunnels extends Pool {
  /** Where the proxy hangs up on CONNECT, undici would ask again at once and for ever; another error stops it. */
  async connect(
    options: Omit<Dispatcher.ConnectOptions, 'origin'>,
  ): Promise<Dispatcher.ConnectData> {
    try {
      return await super.connect(options);
    } catch (cause) {
      if (!(cause instanceof errors.SocketError)) throw cause;
      const hangUp = new Error('The proxy hung up', { cause });
      throw Object.assign(hangUp, { code: 'ECONNRESET' });
    }
  }
}

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
    // Collectors come round every 30 seconds: a connection outlives one round.
    keepAliveTimeout: 45_000,
  };
  if (!proxy) return new Agent(pool);
  return new ProxyAgent({
    ...pool,
    uri: proxy,
    requestTls: connect,
    proxyTls: { timeout: limits.timeoutMs },
    clientFactory: (origin, given) =>
      new Tunnels(origin, { ...given, headersTimeout: limits.timeoutMs }),
    // Plain HTTP goes through as proxies expect it; HTTPS is tunnelled all the same.
    proxyTunnel: false,
  });
}
