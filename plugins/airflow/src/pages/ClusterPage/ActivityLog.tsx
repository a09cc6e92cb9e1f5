import type { Activity } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, Flex, Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { z } from 'zod';
import { useActivity } from '../../data/useDeployment';
import { portalWho } from '../../features/portalActions';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, Loaded } from '../../ui/feedback';
import { FilterBar, TextFilter } from '../../ui/filters';
import { Table } from '../../ui/layout';
import { Moment } from '../../ui/time';
import type { ClusterTabProps } from './ClusterTabProps';

const activityQuery = z.object({
  dagId: z.string().optional(),
  event: z.string().optional(),
  who: z.string().optional(),
  cursor: z.string().optional(),
});

const filters = [
  { name: 'dagId', label: 'DAG', placeholder: 'DAG id, whole' },
  {
    name: 'event',
    label: 'Event',
    placeholder: 'Event, such as trigger_dag_run',
  },
  { name: 'who', label: 'Who', placeholder: 'User in Airflow, whole' },
] as const;

/** Who did what in an Airflow: its own event log, joined with what was done through the portal, and why. */
export function ActivityLog({ cluster: { name } }: ClusterTabProps) {
  const [query, change] = useUrlQuery(activityQuery);
  const activity = useActivity(name, query);
  return (
    <>
      <FilterBar
        label="Filter activity"
        text={filters.map(({ name: filter, label, placeholder }) => (
          <TextFilter
            key={filter}
            label={label}
            placeholder={placeholder}
            text={query[filter] ?? ''}
            onChange={text => change({ [filter]: text || null, cursor: null })}
          />
        ))}
      />
      <Loaded what="activity" query={activity}>
        {({ items, nextCursor, partial }) => (
          <>
            {items.length === 0 ? (
              <Empty>No events match.</Empty>
            ) : (
              <ActivityTable
                cluster={name}
                lines={items}
                isBusy={activity.isPlaceholderData}
              />
            )}
            {partial && (
              <Text as="p" variant="body-small" color="secondary">
                Events of DAGs that you may not see are left out.
              </Text>
            )}
            <Flex gap="3">
              {query.cursor !== undefined && (
                <Button
                  variant="secondary"
                  size="small"
                  onPress={() => change({ cursor: null })}
                >
                  Newest
                </Button>
              )}
              {nextCursor !== null && (
                <Button
                  variant="secondary"
                  size="small"
                  onPress={() => change({ cursor: nextCursor })}
                >
                  Older
                </Button>
              )}
            </Flex>
          </>
        )}
      </Loaded>
    </>
  );
}

function ActivityTable(props: {
  cluster: string;
  lines: readonly Activity[];
  isBusy: boolean;
}) {
  const { cluster, lines, isBusy } = props;
  const paths = useAirflowPaths();
  return (
    <Table
      label="Activity"
      kind="activity-row"
      rows={lines}
      keyOf={({ id }) => id}
      marksOf={({ event }) => ({ 'data-event': event })}
      columns={[
        { title: 'When', isShort: true, cell: ({ at }) => <Moment at={at} /> },
        {
          title: 'Event',
          isMain: true,
          cell: ({ event }) => <code>{event}</code>,
        },
        { title: 'Who', cell: line => <Who line={line} /> },
        {
          title: 'DAG',
          cell: ({ dagId }) =>
            dagId ? (
              <Link to={paths.dag({ cluster, dagId })}>{dagId}</Link>
            ) : (
              '–'
            ),
        },
        {
          title: 'Run',
          cell: ({ dagId, runId }) =>
            dagId && runId ? (
              <Link to={paths.run({ cluster, dagId, runId })}>{runId}</Link>
            ) : (
              '–'
            ),
        },
        { title: 'Task', cell: ({ taskId }) => taskId ?? '–' },
      ]}
      aria-busy={isBusy}
    />
  );
}

function Who({ line: { portal, who } }: { line: Activity }) {
  if (!portal) return who ?? '–';
  return (
    <>
      {portalWho(portal.who, who)}
      {portal.reason && <small> “{portal.reason}”</small>}
      {portal.error && <small> ✖ {portal.error}</small>}
    </>
  );
}
