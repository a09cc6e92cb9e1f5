import type { TaskInstance } from '@airflow-fleet/backstage-plugin-airflow-common';
import { statisticsDays } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { tasks } from '../../airflow/areas/tasks';
import type { RegisteredCluster } from '../../clusters';
import type { DagStore, StatisticsStore } from '../../store';
import { calendarSpans } from './calendarSpans';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { missingDag } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';
import { taskStatistics } from './taskStatistics';

type TaskAnswer = Answer<'getTaskStatistics'>;

const DAY_MS = 24 * 60 * 60_000;
/** Fifty pages of Airflow's. */
const MOST_INSTANCES = 5_000;
const FIRST_RUNS = 20;
/** What some days bring together changes little within minutes. */
const KEPT_MS = 5 * 60_000;

/** What callers may read of how a DAG does over time. */
export class StatisticsService {
  constructor(
    private readonly stores: { dags: DagStore; statistics: StatisticsStore },
    private readonly live: LiveCache,
  ) {}

  async runs({
    cluster: { name },
    params: { dagId },
  }: Asked<'getRunStatistics'>): Promise<Answer<'getRunStatistics'>> {
    await this.requireStored(name, dagId);
    const { statistics } = this.stores;
    const [storedSince, ...items] = await Promise.all([
      statistics.storedSince(name, dagId),
      ...statisticsDays.map(async days => ({
        days,
        ...(await statistics.runs(name, dagId, daysAgo(days))),
      })),
    ]);
    return { items, storedSince };
  }

  async calendar({
    cluster: { name },
    params: { dagId },
    query,
  }: Asked<'getCalendar'>): Promise<Answer<'getCalendar'>> {
    await this.requireStored(name, dagId);
    const spans = calendarSpans(query);
    const [items, storedSince] = await Promise.all([
      this.stores.statistics.calendar(name, dagId, spans),
      this.stores.statistics.storedSince(name, dagId),
    ]);
    return { items, storedSince };
  }

  /** Over as many of the newest runs as the instances asked of Airflow allow for. */
  async ofTasks({
    cluster,
    params: { dagId },
    query: { days },
  }: Asked<'getTaskStatistics'>): Promise<TaskAnswer> {
    const { name } = cluster;
    await this.requireStored(name, dagId);
    return orMissing(
      this.live.statistics.get([name, dagId, String(days)], async () => ({
        value: await this.fetch(cluster, dagId, days),
        keepMs: KEPT_MS,
      })),
      () => missingDag(name, dagId),
    );
  }

  private async fetch(
    { name, client }: RegisteredCluster,
    dagId: string,
    days: number,
  ): Promise<TaskAnswer> {
    const ended = await this.stores.statistics.ended(
      name,
      dagId,
      daysAgo(days),
      MOST_INSTANCES,
    );
    const instances: TaskInstance[] = [];
    let runs = 0;
    let fitting = FIRST_RUNS;
    while (runs < ended.items.length && fitting > 0) {
      const batch = ended.items.slice(runs, runs + fitting);
      const ids = new Set(batch.map(({ runId }) => runId));
      const window = {
        runAfterFrom: batch[batch.length - 1].runAfter,
        runAfterTo: batch[0].runAfter,
      };
      const pages = client.read(tasks, area => area.ofRuns(dagId, window));
      for await (const { items } of pages) {
        instances.push(...items.filter(({ runId }) => ids.has(runId)));
      }
      runs += batch.length;
      const ofOneRun = Math.max(1, instances.length / runs);
      fitting = Math.floor((MOST_INSTANCES - instances.length) / ofOneRun);
    }
    return { items: taskStatistics(instances), runs, runsThere: ended.total };
  }

  /** Of a DAG that is gone from Airflow, what is stored can still be told. */
  private async requireStored(cluster: string, dagId: string): Promise<void> {
    if (!(await this.stores.dags.get(cluster, dagId))) {
      throw missingDag(cluster, dagId);
    }
  }
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}
