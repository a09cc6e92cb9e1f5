import { ownerRefSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { alertsSchema } from './alertsSchema';
import { clusterSchema, type CheckedCluster } from './clusterSchema';
import { linksSchema, readLinks } from './links';
import type { AirflowConfig, ClusterConfig } from './types';
import { collected, ofEachKind } from '../model/collected';
import { duration } from '../model/configValues';

const DAY_MS = 24 * 60 * 60_000;

/** The section `airflow` as it is written. */
export const airflowSchema = z.strictObject({
  clusters: z.array(clusterSchema).default([]),
  intervals: z
    .strictObject(ofEachKind(kind => duration.default(collected[kind].everyMs)))
    .prefault({}),
  history: duration.default(14 * DAY_MS),
  retention: z
    .strictObject({
      runs: duration.optional(),
      healthSamples: duration.default(14 * DAY_MS),
      alerts: duration.default(90 * DAY_MS),
      actions: duration.default(90 * DAY_MS),
      gone: duration.default(90 * DAY_MS),
    })
    .prefault({}),
  ownership: z
    .strictObject({
      airflowOwners: z.record(z.string(), ownerRefSchema).default({}),
    })
    .prefault({}),
  links: linksSchema,
  alerts: alertsSchema,
});

/**
 * Reads the section `airflow` of app-config and checks all of it.
 *
 * @throws InputError naming every key that is wrong
 */
export function readAirflowConfig(root: Config): AirflowConfig {
  const config = root.getOptionalConfig('airflow');
  const checked = airflowSchema.safeParse(root.getOptional('airflow') ?? {});
  if (!checked.success) throw toInputError(checked.error);
  const { clusters, intervals, history, retention, ownership, links, alerts } =
    checked.data;
  refuseRepeatedNames(clusters);

  const sections = config?.getOptionalConfigArray('clusters') ?? [];
  const retentionMs = {
    ...retention,
    runs: retention.runs ?? Math.max(90 * DAY_MS, history),
  };
  if (retentionMs.runs < history) {
    throw new InputError(
      'airflow.retention.runs must not be shorter than airflow.history',
    );
  }
  return {
    clusters: clusters.map((cluster, i) => toCluster(cluster, sections[i])),
    intervalsMs: intervals,
    historyMs: history,
    retentionMs,
    airflowOwners: new Map(Object.entries(ownership.airflowOwners)),
    links: readLinks(root, links),
    alerts,
  };
}

function toCluster(cluster: CheckedCluster, section: Config): ClusterConfig {
  return {
    name: cluster.name,
    title: cluster.title ?? cluster.name,
    baseUrl: cluster.baseUrl,
    webUrl: cluster.webUrl ?? cluster.baseUrl,
    environment: cluster.environment ?? null,
    owner: cluster.owner ?? null,
    tags: cluster.tags,
    readOnly: cluster.readOnly,
    defaultTimezone: cluster.defaultTimezone ?? null,
    auth: section.getConfig('auth'),
    tls: cluster.tls,
    proxy: cluster.proxy,
    limits: cluster.limits,
  };
}

function refuseRepeatedNames(clusters: readonly CheckedCluster[]): void {
  const names = clusters.map(({ name }) => name);
  const at = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (at === -1) return;
  throw new InputError(
    `airflow.clusters[${at}].name: another cluster is named ${names[at]} too`,
  );
}

function toInputError(error: z.ZodError): InputError {
  const wrong = error.issues.map(
    ({ path, message }) => `${keyOf(path)}: ${message}`,
  );
  return new InputError(`The configuration is wrong. ${wrong.join('. ')}`);
}

function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    'airflow',
  );
}
