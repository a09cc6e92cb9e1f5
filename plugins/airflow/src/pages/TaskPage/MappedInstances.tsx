import {
  taskStates,
  type TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  mappedSorts,
  repeated,
  taskStateSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Flex } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { z } from 'zod';
import type { TaskName } from '../../data/useRuns';
import { useMappedInstances } from '../../data/useTask';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { startedColumn, stateColumn, taskTookColumn } from '../../ui/columns';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { Choice } from '../../ui/filters';
import { Pager, Table, type Column } from '../../ui/layout';
import { stateWord, TaskCountList } from '../../ui/state';

const LIMIT = 50;

const mappedQuery = z.object({
  state: repeated(taskStateSchema).optional(),
  sort: z.enum(mappedSorts).default('mapIndex'),
  offset: z.coerce.number<number | string>().int().min(0).default(0),
});

const factColumns: readonly Column<TaskInstance, 'startedAt' | 'durationMs'>[] =
  [
    stateColumn,
    { title: 'Try', isNumber: true, cell: ({ tryNumber }) => tryNumber },
    { ...startedColumn, sort: 'startedAt' },
    { ...taskTookColumn, sort: 'durationMs' },
  ];

/** All instances of a mapped task, a page at a time, with how many are in each state. */
export function MappedInstances({ name }: { name: TaskName }) {
  const paths = useAirflowPaths();
  const [query, change] = useUrlQuery(mappedQuery);
  const found = useMappedInstances(name, name.taskId, {
    ...query,
    limit: LIMIT,
  });
  if (found.isPending) return <Loading what="mapped instances" />;
  if (!found.data) {
    return (
      <ErrorPanel
        title="The mapped instances could not be read"
        error={found.error}
        onRetry={() => found.refetch()}
      />
    );
  }
  const { items, total, counts } = found.data;
  const end = query.offset + items.length;
  return (
    <>
      <TaskCountList counts={counts} />
      <Flex>
        <Choice
          label="State"
          counts={taskStates.flatMap(value => {
            const count = counts[value];
            return count === undefined ? [] : [{ value, count }];
          })}
          chosen={query.state}
          nameOf={value => {
            const state = taskStates.find(one => one === value);
            return state ? stateWord(state) : value;
          }}
          onChange={chosen =>
            change({
              state: taskStates.filter(state => chosen?.includes(state)),
              offset: null,
            })
          }
        />
      </Flex>
      {items.length === 0 ? (
        <Empty>
          {query.state
            ? 'No instance is in this state.'
            : 'It was not expanded into instances yet.'}
        </Empty>
      ) : (
        <Table
          label="Mapped instances"
          kind="mapped-row"
          columns={[
            {
              title: 'Instance',
              sort: 'mapIndex',
              isMain: true,
              cell: ({ mapIndex, mapLabel }) => (
                <Link to={paths.task({ ...name, mapIndex })}>
                  [{mapIndex}] {mapLabel}
                </Link>
              ),
            },
            ...factColumns,
          ]}
          rows={items}
          keyOf={({ mapIndex }) => mapIndex}
          marksOf={({ mapIndex, state }) => ({
            'data-map': mapIndex,
            'data-state': state,
          })}
          sorting={{
            by: query.sort,
            onChange: sort => change({ sort, offset: null }),
          }}
          aria-busy={found.isPlaceholderData}
        />
      )}
      <Pager
        shown={items.length}
        total={total}
        noun="instances"
        isFirst={query.offset === 0}
        nextCursor={end < total ? String(end) : null}
        onFirst={() => change({ offset: null })}
        onNext={offset => change({ offset })}
      />
    </>
  );
}
