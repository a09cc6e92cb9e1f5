import { v2Time } from '../../api/time';
import { ClusterSimulation } from '../../simulation/cluster';
import { jobsOf } from '../../simulation/health';
import { since } from './since';

export function v2Job(
  cluster: ClusterSimulation,
  job: ReturnType<typeof jobsOf>[number],
) {
  return {
    id: job.id,
    dag_id: null,
    state: job.state,
    job_type: job.jobType,
    start_date: v2Time(job.startDate),
    end_date: null,
    latest_heartbeat: v2Time(job.heartbeat),
    executor_class: job.jobType === 'SchedulerJob' ? 'LocalExecutor' : null,
    hostname: job.hostname,
    unixname: 'airflow',
    ...since(cluster, '3.1', { dag_display_name: null }),
  };
}
