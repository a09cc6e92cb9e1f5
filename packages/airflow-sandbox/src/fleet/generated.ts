import { DAY } from '../simulation/cron';
import { hashText, mix } from '../simulation/random';
import { chain, cron, dag, pools, task } from './builders';
import {
  ClusterDefinition,
  DagDefinition,
  FleetDefinition,
  Schedule,
  TaskDefinition,
} from './types';

const TEAMS = ['payments', 'billing', 'crm', 'risk', 'platform', 'marketing'];
const VERBS = ['load', 'sync', 'build', 'export', 'check', 'score', 'merge'];
const THINGS = [
  'orders',
  'invoices',
  'accounts',
  'prices',
  'stock',
  'clicks',
  'claims',
  'trips',
];

// Shared by every generated DAG, so that a fleet of 100,000 costs little.
const SHAPES: TaskDefinition[][] = [
  chain(['extract', 'transform', 'load']),
  chain(['read', 'check', 'write', 'report'], { seconds: 45 }),
  [
    task('list'),
    task('work', ['list'], { mapped: 5, seconds: 60 }),
    task('join', ['work']),
  ],
  [
    task('start', [], { seconds: 2 }),
    task('left.pull', ['start']),
    task('left.clean', ['left.pull']),
    task('right.pull', ['start']),
    task('right.clean', ['right.pull']),
    task('join', ['left.clean', 'right.clean'], { seconds: 90 }),
    task('publish', ['join']),
    task('notify', ['publish'], { triggerRule: 'all_done', seconds: 2 }),
  ],
  chain(['query', 'export'], { seconds: 240, retries: 2 }),
];

function scheduleOf(hash: number): Schedule {
  const minute = hash % 60;
  const kind = mix(hash, 1) % 100;
  if (kind < 40)
    return cron(
      `${minute - (minute % 5)} * * * *`,
      `At ${minute - (minute % 5)} minutes past the hour`,
    );
  if (kind < 60)
    return cron(
      `${minute - (minute % 15)} ${mix(hash, 2) % 6} * * *`,
      'Every night',
      'Europe/Berlin',
    );
  if (kind < 75)
    return cron(
      `${minute - (minute % 15)} ${mix(hash, 2) % 24} * * *`,
      'Every day',
      'America/New_York',
    );
  if (kind < 85)
    return { kind: 'interval', seconds: 3600 * (2 + (mix(hash, 3) % 10)) };
  if (kind < 92) return cron('0 5 * * 1', 'At 05:00 AM, only on Monday');
  if (kind < 96) return cron('*/15 * * * *', 'Every 15 minutes');
  return { kind: 'none', manualPerDay: 0.3 };
}

function generatedDag(
  anchor: number,
  cluster: string,
  index: number,
): DagDefinition {
  const hash = mix(hashText(cluster), index);
  const team = TEAMS[hash % TEAMS.length];
  const verb = VERBS[mix(hash, 4) % VERBS.length];
  const thing = THINGS[mix(hash, 5) % THINGS.length];
  const dagId = `${verb}_${thing}_${String(index).padStart(5, '0')}`;
  return dag(
    anchor,
    dagId,
    team,
    scheduleOf(hash),
    SHAPES[mix(hash, 6) % SHAPES.length],
    {
      failureRate: mix(hash, 7) % 10 === 0 ? 0.15 : 0.01,
      pausedSince: mix(hash, 8) % 12 === 0 ? anchor - 30 * DAY : undefined,
      tags: [thing],
    },
  );
}

function generatedCluster(
  anchor: number,
  index: number,
  dagCount: number,
): ClusterDefinition {
  const name = `cluster-${String(index + 1).padStart(3, '0')}`;
  const second = index % 2 === 0;
  let dags: DagDefinition[] | undefined;
  return {
    name,
    version: second ? '2.11.2' : '3.3.2',
    reachable: true,
    dataIntervals: second,
    dagsFolder: '/opt/airflow/dags',
    // Made when first asked for: a fleet starts at once, whatever its size.
    get dags() {
      dags ??= Array.from({ length: dagCount }, (_, i) =>
        generatedDag(anchor, name, i),
      ).sort((a, b) => (a.dagId < b.dagId ? -1 : 1));
      return dags;
    },
    pools: pools(),
    importErrors: [],
    dagWarnings: [],
    outages: [],
  };
}

/**
 * A fleet of any size for benchmarks; every second cluster is Airflow 3.
 *
 * @public
 */
export function generatedFleet(options: {
  clusters: number;
  dagsPerCluster: number;
  anchor?: number;
}): FleetDefinition {
  const anchor = options.anchor ?? Date.now();
  return {
    clusters: Array.from({ length: options.clusters }, (_, i) =>
      generatedCluster(anchor, i, options.dagsPerCluster),
    ),
  };
}
