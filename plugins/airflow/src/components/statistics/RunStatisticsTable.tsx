import type { RunStatistics } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagName } from '../../hooks/useDag';
import { useRunStatistics } from '../../hooks/useStatistics';
import { Loaded } from '../feedback';
import { Table } from '../layout';
import { FigureCells } from './FigureCells';
import {
  failureShare,
  medianDuration,
  p95Duration,
  queuedDuration,
  successShare,
  type Figure,
} from './figures';
import { Known } from './Known';
import { daysText } from './texts';

const figures: readonly Figure<RunStatistics>[] = [
  { title: 'Runs', isNumber: true, text: ({ runs }) => String(runs) },
  successShare,
  failureShare,
  medianDuration,
  p95Duration,
  queuedDuration,
];
const columns = [{ title: 'Over' }, ...figures];

/** How the stored runs of a DAG went, a row for each span of days. */
export function RunStatisticsTable({ dag }: { dag: DagName }) {
  const statistics = useRunStatistics(dag);
  return (
    <Loaded what="statistics" query={statistics} rows={4}>
      {({ items, storedSince }) => (
        <Table label="Runs over time" columns={columns}>
          {items.map(span => (
            <tr key={span.days} data-kind="run-statistics-row">
              <td data-label="Over" data-main>
                {daysText(span.days)}
                <Known days={span.days} storedSince={storedSince} />
              </td>
              <FigureCells figures={figures} row={span} />
            </tr>
          ))}
        </Table>
      )}
    </Loaded>
  );
}
