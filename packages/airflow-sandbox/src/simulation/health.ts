import { ClusterSimulation } from './cluster';
import { major } from './version';
import { mix } from './random';
import { ComponentHealth } from './overlay';

const BEAT = { scheduler: 5_000, triggerer: 5_000, dag_processor: 5_000 };
const THRESHOLD = 30_000;

/** Components that beat. */
export type Component = keyof typeof BEAT;

/** The newest heartbeat of a component, and what Airflow makes of it. */
function componentHealth(
  cluster: ClusterSimulation,
  component: Component,
): { status: 'healthy' | 'unhealthy'; heartbeat: number } {
  const now = cluster.now();
  // Also when the clock was set back since: the row of what was killed stays as it is.
  const until = cluster.overlay.dead[component] ?? now;
  const phase = mix(cluster.seed, component.length) % BEAT[component];
  const beats = Math.floor((until - phase) / BEAT[component]);
  const heartbeat = beats * BEAT[component] + phase;
  return {
    status: now - heartbeat < THRESHOLD ? 'healthy' : 'unhealthy',
    heartbeat,
  };
}

function metadatabaseStatus(
  cluster: ClusterSimulation,
): 'healthy' | 'unhealthy' {
  return cluster.overlay.dead.metadatabase === undefined
    ? 'healthy'
    : 'unhealthy';
}

/** A process that Airflow keeps a job row for. */
export interface JobFacts {
  id: number;
  jobType: string;
  component: Component;
  hostname: string;
  startDate: number;
  heartbeat: number;
  state: 'running' | 'failed';
}

const JOBS: Array<{ jobType: string; component: Component }> = [
  { jobType: 'SchedulerJob', component: 'scheduler' },
  { jobType: 'TriggererJob', component: 'triggerer' },
  { jobType: 'DagProcessorJob', component: 'dag_processor' },
];

/** The long-lived processes of a cluster. */
export function jobsOf(cluster: ClusterSimulation, since: number): JobFacts[] {
  return JOBS.map(({ jobType, component }, index) => {
    const { heartbeat } = componentHealth(cluster, component);
    return {
      id: index + 1,
      jobType,
      component,
      hostname: `${cluster.name}-${component.replace('_', '-')}-0`,
      startDate: since,
      heartbeat,
      state: 'running',
    };
  });
}

/** The health body, which both versions word alike. */
export function healthBody(
  cluster: ClusterSimulation,
): Record<string, Record<string, string | null>> {
  const of = (component: Component) => {
    const { status, heartbeat } = componentHealth(cluster, component);
    const stamp = new Date(heartbeat).toISOString().slice(0, -1);
    return {
      [`latest_${component}_heartbeat`]: `${stamp}000+00:00`,
      status,
    };
  };
  const body = {
    dag_processor: of('dag_processor'),
    metadatabase: { status: metadatabaseStatus(cluster) },
    scheduler: of('scheduler'),
    triggerer: of('triggerer'),
  };
  return major(cluster.version) < 3
    ? body
    : {
        metadatabase: body.metadatabase,
        scheduler: body.scheduler,
        triggerer: body.triggerer,
        dag_processor: body.dag_processor,
      };
}

/** Reads a component's name. */
export function isComponent(name: string): name is keyof ComponentHealth {
  return name in BEAT || name === 'metadatabase';
}
