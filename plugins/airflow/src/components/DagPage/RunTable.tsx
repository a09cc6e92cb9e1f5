import {
  isUnfinished,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { RunMenu } from '../actions';
import { Table } from '../layout';
import { StateChip } from '../state';
import { durationText, Elapsed, Moment } from '../time';

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
  const columns = [
    { title: 'Run' },
    { title: 'State' },
    ...(tasksOf ? [{ title: 'Tasks' }] : []),
    { title: 'Started' },
    { title: 'Took', isNumber: true },
    { title: 'Type' },
    ...(whoOf ? [{ title: 'Triggered by' }] : []),
    { title: 'Actions' },
  ];
  const paths = useAirflowPaths();
  return (
    <Table label={label} columns={columns} aria-busy={isBusy}>
      {runs.map(run => (
        <tr key={run.runId} data-kind="dag-run-row" data-run={run.runId}>
          <td data-label="Run" data-main>
            <Link to={paths.run(run)}>{run.runId}</Link>
          </td>
          <td data-label="State">
            <StateChip state={run.state} />
          </td>
          {tasksOf && <td data-label="Tasks">{tasksOf(run)}</td>}
          <td data-label="Started">
            {run.startedAt ? <Moment at={run.startedAt} /> : '–'}
          </td>
          <td data-label="Took" data-number>
            <Elapsed
              startedAt={run.startedAt}
              durationMs={run.durationMs}
              goesOn={isUnfinished(run.state)}
            />
            {isLong(run, usualMs) && (
              <small> usually {durationText(usualMs ?? 0)}</small>
            )}
          </td>
          <td data-label="Type">{run.type.replaceAll('_', ' ')}</td>
          {whoOf && <td data-label="Triggered by">{whoOf(run) ?? '–'}</td>}
          <td data-label="Actions">
            <RunMenu run={run} size="small" />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Half as long again as usual, by at least half a minute. */
function isLong(run: DagRun, usualMs: number | null | undefined): boolean {
  if (!usualMs || run.durationMs === null) return false;
  return run.durationMs > Math.max(usualMs * 1.5, usualMs + 30_000);
}
