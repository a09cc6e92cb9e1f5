import type { Config } from '@backstage/config';
import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowLimits, AirflowTlsOptions } from '../airflow';

/** One cluster of `airflow.clusters`, checked. */
export interface ClusterConfig {
  name: string;
  title: string;
  /** Without a trailing slash. */
  baseUrl: string;
  /** Where people open it; the base URL unless set. */
  webUrl: string;
  environment: string | null;
  /** Entity ref of who owns the cluster. */
  owner: string | null;
  tags: string[];
  readOnly: boolean;
  defaultTimezone: string | null;
  /** The section that an auth strategy reads; its `type` names the strategy. */
  auth: Config;
  tls: AirflowTlsOptions | undefined;
  proxy: string | undefined;
  limits: AirflowLimits;
}

/** The section `airflow` of app-config, read and checked once. */
export interface AirflowConfig {
  clusters: ClusterConfig[];
  /** How often each kind of fact is read, in milliseconds. */
  intervalsMs: Record<CollectionKind, number>;
  /** How far back the first reading of a cluster's runs goes, in milliseconds. */
  historyMs: number;
  /** How long runs and health samples are kept, in milliseconds. */
  retentionMs: { runs: number; healthSamples: number };
}
