import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Duration } from 'luxon';
import { z } from 'zod';
import { clusterSchema, type CheckedCluster } from './clusterSchema';
import type { AirflowConfig, ClusterConfig } from './types';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A duration is checked where it is read, by Backstage's own reader. */
const duration = z.unknown().optional();

const airflowSchema = z.strictObject({
  clusters: z.array(clusterSchema).default([]),
  intervals: z
    .strictObject({ health: duration, inventory: duration, runs: duration })
    .optional(),
  history: duration,
  retention: z
    .strictObject({ runs: duration, healthSamples: duration })
    .optional(),
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
  const { clusters } = checked.data;
  refuseRepeatedNames(clusters);

  const sections = config?.getOptionalConfigArray('clusters') ?? [];
  const read = (key: string, otherwise: number) =>
    durationMs(config, key, otherwise);
  const historyMs = read('history', 14 * DAY_MS);
  const retentionMs = {
    runs: read('retention.runs', Math.max(90 * DAY_MS, historyMs)),
    healthSamples: read('retention.healthSamples', 14 * DAY_MS),
  };
  if (retentionMs.runs < historyMs) {
    throw new InputError(
      'airflow.retention.runs must not be shorter than airflow.history',
    );
  }
  return {
    clusters: clusters.map((cluster, i) => toCluster(cluster, sections[i])),
    intervalsMs: {
      health: read('intervals.health', 0.5 * MINUTE_MS),
      inventory: read('intervals.inventory', 2 * MINUTE_MS),
      runs: read('intervals.runs', 0.5 * MINUTE_MS),
    },
    historyMs,
    retentionMs,
  };
}

function toCluster(cluster: CheckedCluster, section: Config): ClusterConfig {
  const { limits } = cluster;
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
    limits: {
      maxInFlight: limits?.maxInFlight ?? 4,
      requestsPerMinute: limits?.requestsPerMinute ?? 300,
      timeoutMs: durationMs(section, 'limits.timeout', 15_000),
      maxResponseBytes: limits?.maxResponseBytes ?? 32 * 1024 * 1024,
    },
  };
}

function durationMs(
  config: Config | undefined,
  key: string,
  otherwise: number,
): number {
  if (!config?.has(key)) return otherwise;
  const ms = Duration.fromObject(
    readDurationFromConfig(config, { key }),
  ).toMillis();
  if (ms < 1_000) {
    throw new InputError(`airflow: ${key} must be at least one second`);
  }
  return ms;
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
