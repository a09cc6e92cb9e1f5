import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';
import type { PortalApi } from '../../bench/PortalApi';
import { moment, tell, told, type Facts } from './facts';

const PAGE = 250;

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

type DagRow = z.output<
  typeof airflowEndpoints.listDags.response
>['items'][number];
type RunRow = z.output<
  typeof airflowEndpoints.listRuns.response
>['items'][number];

/** What the portal says of one cluster, through the API that its pages ask. */
export async function readPortal(
  portal: PortalApi,
  cluster: string,
): Promise<Facts> {
  const facts: Facts = new Map();
  const { listDags, listRuns, listImportErrors } = airflowEndpoints;
  tellOfCluster(
    facts,
    airflowEndpoints.getCluster.response.parse(
      await portal.get(`/clusters/${cluster}`),
    ),
  );
  const dags = await all(
    portal,
    `/dags?cluster=${cluster}&includeGone=true`,
    listDags.response,
  );
  for (const dag of dags) tellOfDag(facts, dag);
  const runs = await all(portal, `/runs?cluster=${cluster}`, listRuns.response);
  for (const run of runs) tellOfRun(facts, run);
  const errors = await all(
    portal,
    `/import-errors?cluster=${cluster}`,
    listImportErrors.response,
  );
  for (const { filename, stackTrace } of errors) {
    const line = stackTrace.trim().split('\n').at(-1)?.trim();
    tell(facts, `file ${filename}`, { 'import error': told(line) });
  }
  return facts;
}

async function all<T>(
  portal: PortalApi,
  path: string,
  schema: z.ZodType<Page<T>>,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const from = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<T> = schema.parse(
      await portal.get(`${path}&limit=${PAGE}${from}`),
    );
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

function tellOfCluster(
  facts: Facts,
  cluster: z.output<typeof airflowEndpoints.getCluster.response>,
): void {
  facts.set('version', told(cluster.airflowVersion));
  for (const { name, status } of cluster.components) {
    tell(facts, `component ${name}`, { status });
  }
  tell(facts, 'count', {
    running: told(cluster.counts?.runningRuns),
    queued: told(cluster.counts?.queuedRuns),
    'failed in 24 h': told(cluster.counts?.failedRuns24h),
  });
}

function tellOfDag(facts: Facts, dag: DagRow): void {
  const isInService = dag.presence.state === 'listed';
  tell(facts, `dag ${dag.dagId}`, {
    'in service': String(isInService),
    name: dag.displayName,
    description: told(dag.description),
    paused: String(dag.paused),
    tags: told([...dag.tags].sort()),
    owners: told([...dag.owners].sort()),
    file: told(dag.fileLocation),
    'max active runs': told(dag.maxActiveRuns),
    'schedule in words': told(dag.schedule.description),
    ...(isInService && { 'next run': moment(dag.nextRunAt) }),
    'last run': told(dag.lastRun?.runId),
    'last state': told(dag.lastRun?.state),
    bars: told(dag.recentRuns.map(({ runId }) => runId)),
    'success rate':
      dag.successRate === null ? told(null) : dag.successRate.toFixed(6),
  });
}

function tellOfRun(facts: Facts, run: RunRow): void {
  tell(facts, `run ${run.dagId} ${run.runId}`, {
    state: run.state,
    type: run.type,
    'logical date': moment(run.logicalDate),
    'run after': moment(run.runAfter),
    queued: moment(run.queuedAt),
    started: moment(run.startedAt),
    ended: moment(run.endedAt),
    'duration in ms': told(run.durationMs),
    note: told(run.note),
    'triggered by': told(run.triggeredBy),
    'triggering user': told(run.triggeringUser),
  });
}
