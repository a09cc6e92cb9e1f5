import type { ProblemCode } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';

/** What a problem is answered with, and by which endpoints. */
interface Answered {
  status: number;
  by: (endpoint: Endpoint) => boolean;
}

const any = () => true;
/** Told of a cluster, and never why a request failed. */
const none = () => false;
const live = (endpoint: Endpoint) => endpoint.live === true;
const takesBody = ({ method }: Endpoint) => method !== 'GET';
const changesAirflow = ({ writes }: Endpoint) => writes?.to === 'airflow';
const namesCluster = ({ params }: Endpoint) => 'cluster' in params.shape;
const namesMore = ({ params }: Endpoint) =>
  Object.keys(params.shape).some(name => name !== 'cluster');

/**
 * Those of an Airflow are gateway errors: what the caller did was right, and 401 or 403 would be taken for the
 * portal's own. What Airflow says about the request itself keeps its meaning.
 */
const answered: Record<ProblemCode, Answered> = {
  unreachable: { status: 502, by: live },
  timeout: { status: 504, by: live },
  tls: { status: 502, by: live },
  unauthorized: { status: 502, by: live },
  forbidden: { status: 502, by: live },
  'not-an-airflow': { status: 502, by: live },
  'rate-limited': { status: 503, by: live },
  'airflow-not-found': { status: 404, by: live },
  'airflow-bad-request': { status: 400, by: live },
  'airflow-conflict': { status: 409, by: live },
  unsupported: { status: 400, by: live },
  'server-error': { status: 502, by: live },
  'invalid-response': { status: 502, by: live },
  'too-large': { status: 502, by: live },
  'circuit-open': { status: 503, by: live },
  'component-unhealthy': { status: 503, by: none },
  'clock-apart': { status: 503, by: none },
  overdue: { status: 503, by: none },
  'dags-vanished': { status: 503, by: none },

  'invalid-request': { status: 400, by: any },
  'body-too-large': { status: 413, by: takesBody },
  'unsupported-media-type': { status: 415, by: takesBody },
  // Of a method that no endpoint has.
  'method-not-allowed': { status: 405, by: none },
  unauthenticated: { status: 401, by: any },
  'not-allowed': { status: 403, by: any },
  'queue-full': { status: 503, by: live },
  'too-many-requests': { status: 429, by: live },
  'read-only': { status: 403, by: changesAirflow },
  'unknown-cluster': { status: 404, by: namesCluster },
  'not-found': { status: 404, by: namesMore },
  gone: { status: 410, by: live },
  internal: { status: 500, by: any },
};

/** The HTTP status that a problem is answered with. */
export function statusOf(code: ProblemCode): number {
  return answered[code].status;
}

/** The problems that an endpoint can answer with, by their status. */
export function problemsOf(endpoint: Endpoint): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const [code, { status, by }] of Object.entries(answered)) {
    if (!by(endpoint)) continue;
    found.set(status, [...(found.get(status) ?? []), code]);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}
