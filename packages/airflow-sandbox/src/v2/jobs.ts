import { jobsOf } from '../simulation/health';
import { V2Context, V2Route } from './route';
import { collection } from './paging';
import { v2Job } from './serialize/job';

function jobs(context: V2Context) {
  const { simulation, startedAt } = context.cluster;
  const type = context.query.text('job_type');
  const state = context.query.text('job_state');
  const hostname = context.query.text('hostname');
  const rows = jobsOf(simulation, startedAt)
    .filter(
      j =>
        (!type || j.jobType === type) &&
        (!state || j.state === state) &&
        (!hostname || j.hostname === hostname),
    )
    .map(j => v2Job(simulation, j));
  return collection(context, 'jobs', rows, [
    'id',
    'dag_id',
    'state',
    'job_type',
    'start_date',
    'end_date',
    'latest_heartbeat',
    'executor_class',
    'hostname',
    'unixname',
  ]);
}

export const jobRoutes: V2Route[] = [
  { method: 'get', path: '/jobs', handle: jobs },
];
