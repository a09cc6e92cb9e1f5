import type { DagName } from '../../hooks/useDag';
import { useRunStatistics } from '../../hooks/useStatistics';
import { Loaded } from '../feedback';
import { Table } from '../layout';
import { msText, shareText } from './texts';

const columns = [
  { title: 'Over' },
  { title: 'Runs', isNumber: true },
  { title: 'Success', isNumber: true },
  { title: 'Failure', isNumber: true },
  { title: 'Median', isNumber: true },
  { title: '95 % within', isNumber: true },
  { title: 'Queued for', isNumber: true },
];

/** How the stored runs of a DAG went, a row for each span of days. */
export function RunStatisticsTable({ dag }: { dag: DagName }) {
  const statistics = useRunStatistics(dag);
  return (
    <Loaded what="statistics" query={statistics} rows={4}>
      {({ items }) => (
        <Table label="Runs over time" columns={columns}>
          {items.map(span => {
            const ended = span.success + span.failed;
            return (
              <tr key={span.days} data-kind="run-statistics-row">
                <td data-label="Over" data-main>
                  {span.days === 1 ? '24 hours' : `${span.days} days`}
                </td>
                <td data-label="Runs" data-number>
                  {span.runs}
                </td>
                <td data-label="Success" data-number>
                  {shareText(span.success, ended)}
                </td>
                <td data-label="Failure" data-number>
                  {shareText(span.failed, ended)}
                </td>
                <td data-label="Median" data-number>
                  {msText(span.medianMs)}
                </td>
                <td data-label="95 % within" data-number>
                  {msText(span.p95Ms)}
                </td>
                <td data-label="Queued for" data-number>
                  {msText(span.queuedMs)}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
    </Loaded>
  );
}
