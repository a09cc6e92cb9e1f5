import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';

/** The markers with which Airflow folds parts of a log; before a task speaks, Airflow 2 writes them with a level. */
export function groupOf(line: string): LogEntry | undefined {
  const text = line.replace(/^\s{0,8}INFO - (?=::)/, '');
  if (text.startsWith('::group::')) {
    return { kind: 'group-start', title: text.slice('::group::'.length) };
  }
  return text.startsWith('::endgroup::') ? { kind: 'group-end' } : undefined;
}
