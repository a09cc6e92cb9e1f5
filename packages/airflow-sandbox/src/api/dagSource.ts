import { DagDefinition } from '../fleet/types';

/** How many versions of a DAG there are. */
export function versionsOf({ versions = 1 }: DagDefinition): number {
  return versions;
}

/** The Python file of a DAG, told from its definition; an earlier version lacks the tasks that came later. */
export function dagSource(
  dag: DagDefinition,
  version: number = versionsOf(dag),
): string {
  const tasks = dag.tasks.slice(
    0,
    dag.tasks.length - (versionsOf(dag) - version),
  );
  const { schedule } = dag;
  const when = (() => {
    switch (schedule.kind) {
      case 'cron':
        return schedule.timetable
          ? `${schedule.timetable}()`
          : JSON.stringify(schedule.expression);
      case 'interval':
        return `timedelta(seconds=${schedule.seconds})`;
      case 'continuous':
        return '"@continuous"';
      case 'assets':
        return `[${schedule.uris.map(u => `Asset(${JSON.stringify(u)})`)}]`;
      default:
        return 'None';
    }
  })();
  const zone = schedule.kind === 'cron' ? schedule.timezone : 'UTC';
  const functionName = dag.dagId.replace(/\W/g, '_');
  const lines = [
    'from __future__ import annotations',
    '',
    'import pendulum',
    'from airflow.sdk import dag, task',
    '',
    '',
    '@dag(',
    `    dag_id=${JSON.stringify(dag.dagId)},`,
    `    schedule=${when},`,
    `    start_date=pendulum.datetime(2026, 1, 1, tz=${JSON.stringify(zone)}),`,
    `    tags=${JSON.stringify(dag.tags)},`,
    `    default_args={"owner": ${JSON.stringify(dag.owners.join(','))}},`,
    ')',
    `def ${functionName}():`,
  ];
  for (const task of tasks) {
    const name = task.taskId.replace(/\W/g, '_');
    lines.push(
      `    @task(task_id=${JSON.stringify(task.taskId)}, retries=${
        task.retries
      })`,
      `    def ${name}():`,
      '        ...',
      '',
    );
  }
  for (const task of tasks) {
    if (task.upstream.length === 0) continue;
    const above = task.upstream.map(id => id.replace(/\W/g, '_')).join(', ');
    lines.push(`    [${above}] >> ${task.taskId.replace(/\W/g, '_')}`);
  }
  return [...lines, '', '', `${functionName}()`, ''].join('\n');
}
