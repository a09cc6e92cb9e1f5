import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ReactNode } from 'react';
import { RunMenu } from '../../features/actions';
import { runTookColumn, startedColumn, stateColumn } from '../../ui/columns';
import { Table, type Column } from '../../ui/layout';
import { RunLink } from '../../ui/run';
import { durationText } from '../../ui/time';

/** Runs of one DAG as rows. */
export function RunTable<R extends DagRun>(props: {
  label: string;
  runs: readonly R[];
  usualMs?: number | null;
  tasksOf?: (run: R) => ReactNode;
  whoOf?: (run: R) => string | null;
  isBusy?: boolean;
}) {
  const { label, runs, usualMs, tasksOf, whoOf, isBusy } = props;
  const columns: Column<R>[] = [
    {
      title: 'Run',
      isMain: true,
      cell: run => <RunLink run={run} />,
    },
    stateColumn,
    ...(tasksOf ? [{ title: 'Tasks', cell: tasksOf }] : []),
    startedColumn,
    {
      ...runTookColumn,
      cell: run => (
        <>
          {runTookColumn.cell(run)}
          {isLong(run, usualMs) && (
            <small> usually {durationText(usualMs ?? 0)}</small>
          )}
        </>
      ),
    },
    { title: 'Type', cell: ({ type }) => type.replaceAll('_', ' ') },
    ...(whoOf
      ? [{ title: 'Triggered by', cell: (run: R) => whoOf(run) ?? '–' }]
      : []),
    { title: 'Actions', cell: run => <RunMenu run={run} size="small" /> },
  ];
  return (
    <Table
      label={label}
      kind="dag-run-row"
      columns={columns}
      rows={runs}
      keyOf={({ runId }) => runId}
      marksOf={({ runId }) => ({ 'data-run': runId })}
      aria-busy={isBusy}
    />
  );
}

/** Half as long again as usual, by at least half a minute. */
function isLong(run: DagRun, usualMs: number | null | undefined): boolean {
  if (!usualMs || run.durationMs === null) return false;
  return run.durationMs > Math.max(usualMs * 1.5, usualMs + 30_000);
}
