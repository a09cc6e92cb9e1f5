import type { Collection } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Empty } from '../../ui/feedback';
import { Table, type Column } from '../../ui/layout';
import { durationText, Moment } from '../../ui/time';

const columns: readonly Column<Collection>[] = [
  { title: 'What', isMain: true, cell: ({ kind }) => kind },
  {
    title: 'Last attempt',
    cell: ({ lastAttemptAt }) => <Moment at={lastAttemptAt} />,
  },
  {
    title: 'Last success',
    cell: ({ lastSuccessAt }) =>
      lastSuccessAt ? <Moment at={lastSuccessAt} /> : 'never',
  },
  {
    title: 'Took',
    isNumber: true,
    cell: ({ durationMs }) => durationText(durationMs),
  },
  { title: 'Requests', isNumber: true, cell: ({ requests }) => requests },
  { title: 'Outcome', cell: outcome },
];

/** How the last reading of each kind of fact went. */
export function Collections(props: { collections: readonly Collection[] }) {
  if (props.collections.length === 0) {
    return <Empty>Nothing was read yet.</Empty>;
  }
  return (
    <Table
      label="Readings"
      kind="collection"
      columns={columns}
      rows={props.collections}
      keyOf={({ kind }) => kind}
      marksOf={({ kind }) => ({ 'data-what': kind })}
    />
  );
}

function outcome(reading: Collection): string {
  const { problem, skippedRows, skippedWhy, lastSuccessAt } = reading;
  if (problem) return `✖ ${problem.message}`;
  if (lastSuccessAt === null) return '… going on with the history';
  if (skippedRows === 0) return '✔ read';
  const rows = skippedRows === 1 ? 'one row' : `${skippedRows} rows`;
  return `! read, but for ${rows}${skippedWhy ? `: ${skippedWhy}` : ''}`;
}
