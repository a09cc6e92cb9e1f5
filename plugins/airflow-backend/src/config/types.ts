import type { Config } from '@backstage/config';
import type {
  AirflowPaths,
  AlertRuleType,
  CollectionKind,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowLimits, AirflowTlsOptions } from '../airflow';
import type { ChannelsConfig } from '../channels';
import type { Rule } from '../rules';

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

/** Who is told of which alerts, and over which channels. Every route that fits an alert applies. */
export interface Route {
  /** Values of one part are alternatives, parts add up; a part that is left out fits every alert. */
  match: {
    severities?: Severity[];
    clusters?: string[];
    environments?: string[];
    ruleTypes?: AlertRuleType[];
  };
  /** Names of channels: `notifications`, a webhook, or what a module adds. */
  channels: string[];
  /** `owner`, which is the owner of each alert, or entity refs. */
  to: string[];
}

/** The section `airflow.alerts`. */
export interface AlertsConfig extends ChannelsConfig {
  rules: Rule[];
  routes: Route[];
  /** How long notices to people wait for more of the same, in milliseconds. */
  together: { waitMs: number; intervalMs: number };
}

/** Where links lead that are followed outside of the plugin's own pages: of notifications, mails and webhooks. */
export interface LinksConfig {
  paths: AirflowPaths;
  /** The portal's address, without a trailing slash. */
  baseUrl: string;
  /** Whether that is another than `app.baseUrl`, which is all that Backstage's own modules know. */
  isOwnBaseUrl: boolean;
}

/** The section `airflow` of app-config, read and checked once. */
export interface AirflowConfig {
  clusters: ClusterConfig[];
  /** How often each kind of fact is read, in milliseconds. */
  intervalsMs: Record<CollectionKind, number>;
  /** How far back the first reading of a cluster's runs goes, in milliseconds. */
  historyMs: number;
  /** How long runs, health samples, resolved alerts, actions and what is gone are kept, in milliseconds. */
  retentionMs: {
    runs: number;
    healthSamples: number;
    alerts: number;
    actions: number;
    gone: number;
  };
  /** Entity refs of groups and users by what Airflow calls an owner. */
  airflowOwners: ReadonlyMap<string, string>;
  links: LinksConfig;
  alerts: AlertsConfig;
}
