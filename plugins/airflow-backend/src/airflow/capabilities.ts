import {
  capabilities as allCapabilities,
  type Capability,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** Which Airflow answers: its API and its release without vendor suffix. */
export interface Server {
  apiVersion: 'v1' | 'v2';
  /** As Airflow tells it. */
  version: string;
  release: readonly [major: number, minor: number, patch: number];
}

type Since = { v1?: string; v2?: string };

/** From which release on a page may offer something. */
const capabilitySince: Record<Capability, Since> = {
  'dag-versions': { v2: '3.0.0' },
  backfills: { v2: '3.0.0' },
  'backfill-version': { v2: '3.1.6' },
  'human-in-the-loop': { v2: '3.1.0' },
  assets: { v2: '3.0.0' },
  'structured-logs': { v2: '3.0.0' },
  'trigger-with-run-after': { v2: '3.0.0' },
  notes: { v1: '2.5.0', v2: '3.0.0' },
  reparse: { v1: '2.10.0', v2: '3.0.0' },
};

/**
 * From which release on the server takes what the adapters send. An Airflow 3 ignores filters that it does not know,
 * and would answer with everything.
 */
const requestSince = {
  'runs updated_at filter': { v1: '2.6.0', v2: '3.0.0' },
  'task tries': { v1: '2.10.0', v2: '3.0.0' },
  'trigger note': { v1: '2.5.0', v2: '3.0.0' },
  'ndjson logs': { v2: '3.0.2' },
  'event log filters': { v1: '2.9.0', v2: '3.0.0' },
  datasets: { v1: '2.4.0' },
  'datasets of a DAG': { v1: '2.9.0' },
  'xcom as json': { v1: '2.10.0' },
  'backfill version': capabilitySince['backfill-version'],
  'human input': capabilitySince['human-in-the-loop'],
  'parse of a file': capabilitySince.reparse,
  'task dependencies': { v1: '2.10.0', v2: '3.0.0' },
} satisfies Record<string, Since>;

export type RequestFeature = keyof typeof requestSince;

/** Reads `3.1.0+astro.1` and `2.10.5-composer`; what cannot be read counts as the first release of that API. */
export function parseRelease(
  version: string,
  apiVersion: 'v1' | 'v2',
): Server['release'] {
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version.trim());
  if (!found) return apiVersion === 'v1' ? [2, 0, 0] : [3, 0, 0];
  return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

function reached(server: Server, since: Since): boolean {
  const from = since[server.apiVersion];
  if (from === undefined) return false;
  const wanted = parseRelease(from, server.apiVersion);
  const differing = wanted.findIndex((part, i) => part !== server.release[i]);
  return differing === -1 || server.release[differing] > wanted[differing];
}

export function capabilitiesOf(server: Server): Capability[] {
  return allCapabilities.filter(name => reached(server, capabilitySince[name]));
}

/** Whether the server is new enough to be sent this. */
export function takes(server: Server, feature: RequestFeature): boolean {
  return reached(server, requestSince[feature]);
}
