import type { TaskStatistics } from '@airflow-fleet/backstage-plugin-airflow-common';
import { statisticsDays } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Select, Text } from '@backstage/ui';
import { z } from 'zod';
import type { DagName } from '../../data/useDag';
import { useRunStatistics, useTaskStatistics } from '../../data/useStatistics';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, Loaded } from '../../ui/feedback';
import { Table, type Column } from '../../ui/layout';
import { Known } from './Known';
import styles from './statistics.module.css';
import {
  sortTasks,
  taskFigures,
  taskSorts,
  type TaskSortColumn,
} from './taskSort';
import { daysText } from './texts';

const tasksQuery = z.object({
  days: z.coerce.number<number | string>().int().min(1).max(90).default(7),
  sort: z.enum(taskSorts).default('taskId'),
});

const columns: readonly Column<TaskStatistics, TaskSortColumn>[] = [
  {
    title: 'Task',
    sort: 'taskId',
    isMain: true,
    cell: ({ taskId }) => <code>{taskId}</code>,
  },
  ...taskFigures,
];

/** How each task went over the last runs of some days. */
export function TaskStatisticsTable({ dag }: { dag: DagName }) {
  const [{ days, sort }, change] = useUrlQuery(tasksQuery);
  const statistics = useTaskStatistics(dag, days);
  const stored = useRunStatistics(dag).data?.storedSince ?? null;
  return (
    <>
      <Select
        label="Over"
        size="small"
        className={styles.days}
        options={statisticsDays.map(count => ({
          value: String(count),
          label: daysText(count),
        }))}
        value={String(days)}
        onChange={chosen => change({ days: String(chosen) })}
        data-kind="statistics-days"
      />
      <Loaded what="statistics of the tasks" query={statistics} rows={6}>
        {({ items, runs, runsThere }) =>
          items.length === 0 ? (
            <Empty>No run ended in this period.</Empty>
          ) : (
            <>
              <Text as="p" variant="body-small" color="secondary">
                {runs === runsThere
                  ? `Over all ${runs} runs that ended.`
                  : `Over the last ${runs} of ${runsThere} runs that ended, so that Airflow is not asked for too much.`}
                <Known days={days} storedSince={stored} />
              </Text>
              <Table
                label="Tasks over time"
                kind="task-statistics-row"
                columns={columns}
                rows={sortTasks(items, sort)}
                keyOf={({ taskId }) => taskId}
                marksOf={({ taskId }) => ({ 'data-task': taskId })}
                sorting={{ by: sort, onChange: by => change({ sort: by }) }}
                aria-busy={statistics.isPlaceholderData}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}
