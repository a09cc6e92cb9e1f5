import type {
  AirflowAuthContext,
  AirflowAuthenticator,
} from '@airflow-fleet/backstage-plugin-airflow-node';

/** How the TLS connection to one cluster is made. PEM texts, not file names. */
export interface AirflowTlsOptions {
  /** Certificate authorities trusted in place of the system's. */
  ca?: string;
  /** Client certificate, for mutual TLS. */
  cert?: string;
  /** Private key of `cert`. */
  key?: string;
  /** Accepts any server certificate; for trying things out only. */
  insecureSkipVerify?: boolean;
}

/** What one cluster may be burdened with, and what one answer may burden the portal with. */
export interface AirflowLimits {
  /** Requests open at the same time. */
  maxInFlight: number;
  requestsPerMinute: number;
  /** For each of: connecting, waiting for the answer's first byte, silence within the answer. */
  timeoutMs: number;
  /** Of one answer, after decompression; logs are streamed and not bound by it. */
  maxResponseBytes: number;
}

/** One cluster to talk to. */
export interface AirflowClientOptions {
  /** The cluster's name in the portal, used in errors. */
  name: string;
  /** The URL under which Airflow answers, without `/api/v…`; may hold a path. */
  baseUrl: string;
  /** Where people open this Airflow; the base URL when left out. */
  webUrl?: string;
  /** What an auth strategy's `fromConfig` gave. */
  authenticator: (context: AirflowAuthContext) => AirflowAuthenticator;
  tls?: AirflowTlsOptions;
  /** URL of an HTTP proxy, with user and password where it needs them. */
  proxy?: string;
  limits: AirflowLimits;
}
