import type { Config } from '@backstage/config';
import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * The cluster that a strategy signs in to.
 *
 * @public
 */
export interface AirflowAuthContext {
  /** The cluster's name in the portal, for error messages. */
  cluster: string;
  /** The cluster's base URL, without a trailing slash. */
  baseUrl: string;
}

/**
 * What a sign-in may ask. It belongs to the call that waits for it, as whose own its requests are counted.
 *
 * @public
 */
export interface AirflowSignIn {
  /** Known once the version is detected; some ways of signing in depend on it. */
  apiVersion: () => Promise<'v1' | 'v2'>;
  /** Sends a request over the cluster's own guarded transport, so that its proxy, CA and limits hold. */
  request: (request: {
    method: 'GET' | 'POST';
    url: string;
    headers?: Record<string, string>;
    body?: string;
  }) => Promise<{
    status: number;
    headers: Record<string, string>;
    body: string;
  }>;
}

/**
 * Signs the requests to one cluster.
 *
 * @public
 */
export interface AirflowAuthenticator {
  /** The configuration keys that a person checks when the credentials are refused, such as `auth.token`. */
  readonly credentialKeys: string;
  /**
   * The headers that sign a request. Called for every request, so keep tokens until shortly before they end.
   *
   * @param signIn - for whatever is to be asked first; not to be kept
   * @throws AuthenticationError when signing in was refused, and is left alone for a while; its message is shown, so it
   * holds no secret
   * @throws ServiceUnavailableError when whatever signs in is out of order, and is soon tried again; its message is
   * shown too
   */
  headers(signIn: AirflowSignIn): Promise<Record<string, string>>;
  /**
   * Called after Airflow refused a request with status 401 or 403; true when fresh credentials were fetched and one
   * more try is worth it. A 403 can also mean that the role does not allow it: `detail` is what Airflow says. `headers`
   * are those that signed the request, by which an answer to credentials that were replaced meanwhile is known.
   */
  refused?(
    answer: {
      status: number;
      detail: string;
      headers: Record<string, string>;
    },
    signIn: AirflowSignIn,
  ): Promise<boolean>;
}

/**
 * One way of signing in, named by `auth.type` in a cluster's configuration.
 *
 * @public
 */
export interface AirflowAuthStrategy {
  /** The value of `auth.type` that chooses this strategy; no two strategies may share it. */
  type: string;
  /**
   * Reads the cluster's `auth` section once.
   *
   * @throws InputError naming the key that is missing or wrong
   */
  fromConfig(
    auth: Config,
  ): (context: AirflowAuthContext) => AirflowAuthenticator;
}

/**
 * Where modules add ways of signing in.
 *
 * @public
 */
export interface AirflowAuthExtensionPoint {
  /**
   * Adds a way of signing in, beside the built-in ones.
   *
   * @throws ConflictError when the type is taken
   */
  addStrategy(strategy: AirflowAuthStrategy): void;
}

/**
 * Extension point of the plugin `airflow`; a backend module takes it as a dependency and calls
 * {@link AirflowAuthExtensionPoint.addStrategy} in its `init`.
 *
 * @public
 */
export const airflowAuthExtensionPoint =
  createExtensionPoint<AirflowAuthExtensionPoint>({ id: 'airflow.auth' });
