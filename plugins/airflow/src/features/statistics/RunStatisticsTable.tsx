import type { RunStatistics } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagName } from '../../data/useDag';
import { useRunStatistics } from '../../data/useStatistics';
import { Loaded } from '../../ui/feedback';
import { Table, type Column } from '../../ui/layout';
import {
  failureShare,
  medianDuration,
  p95Duration,
  queuedDuration,
  successShare,
} from './figures';
import { Known } from './Known';
import { daysText } from './texts';

const figures: readonly Column<RunStatistics>[] = [
  { title: 'Runs', isNumber: true, cell: ({ runs }) => runs },
  successShare,
  failureShare,
  medianDuration,
  p95Duration,
  queuedDuration,
];

/** How the stored runs of a DAG went, a row for each span of days. */
export function RunStatisticsTable({ dag }: { dag: DagName }) {
  const statistics = useRunStatistics(dag);
  return (
    <Loaded what="statistics" query={statistics} rows={4}>
      {({ items, storedSince }) => (
        <Table
          label="Runs over time"
          kind="run-statistics-row"
          rows={items}
          keyOf={({ days }) => days}
          columns={[
            {
              title: 'Over',
              isMain: true,
              cell: ({ days }) => (
                <>
                  {daysText(days)}
                  <Known days={days} storedSince={storedSince} />
                </>
              ),
            },
            ...figures,
          ]}
        />
      )}
    </Loaded>
  );
}
