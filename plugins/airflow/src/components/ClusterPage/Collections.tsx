import type { Collection } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Empty } from '../feedback';
import { Table } from '../layout';
import { durationText, Moment } from '../time';

const columns = [
  { title: 'What' },
  { title: 'Last tried' },
  { title: 'Last succeeded' },
  { title: 'Took', isNumber: true },
  { title: 'Requests', isNumber: true },
  { title: 'Outcome' },
];

/** How the last reading of each kind of fact went. */
export function Collections(props: { collections: readonly Collection[] }) {
  if (props.collections.length === 0) {
    return <Empty>Nothing was read yet.</Empty>;
  }
  return (
    <Table label="Readings" columns={columns}>
      {props.collections.map(reading => (
        <tr key={reading.kind} data-kind="collection" data-what={reading.kind}>
          <td data-label="What" data-main>
            {reading.kind}
          </td>
          <td data-label="Last tried">
            <Moment at={reading.lastAttemptAt} />
          </td>
          <td data-label="Last succeeded">
            {reading.lastSuccessAt ? (
              <Moment at={reading.lastSuccessAt} />
            ) : (
              'never'
            )}
          </td>
          <td data-label="Took" data-number>
            {durationText(reading.durationMs)}
          </td>
          <td data-label="Requests" data-number>
            {reading.requests}
          </td>
          <td data-label="Outcome">{outcome(reading)}</td>
        </tr>
      ))}
    </Table>
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
