import type { Activity } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, Flex, Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { z } from 'zod';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useActivity } from '../../hooks/useDeployment';
import { useUrlQuery } from '../../hooks/useUrlQuery';
import { Empty, Loaded } from '../feedback';
import { FilterBar, TextFilter } from '../filters';
import { Table } from '../layout';
import { portalWho } from '../portalDeeds';
import { Moment } from '../time';
import type { ClusterTabProps } from './ClusterTabProps';

const activityQuery = z.object({
  dagId: z.string().optional(),
  event: z.string().optional(),
  who: z.string().optional(),
  cursor: z.string().optional(),
});

const filters = [
  { name: 'dagId', label: 'DAG', placeholder: 'id of a DAG, whole' },
  { name: 'event', label: 'Event', placeholder: 'such as trigger_dag_run' },
  { name: 'who', label: 'Who', placeholder: 'user in Airflow, whole' },
] as const;

const columns = [
  { title: 'When' },
  { title: 'Event' },
  { title: 'Who' },
  { title: 'DAG' },
  { title: 'Run' },
  { title: 'Task' },
];

/** Who did what in an Airflow: its own event log, joined with what was done through the portal, and why. */
export function ActivityLog({ cluster: { name } }: ClusterTabProps) {
  const [query, change] = useUrlQuery(activityQuery);
  const activity = useActivity(name, query);
  return (
    <>
      <FilterBar label="Filter activity">
        {filters.map(({ name: filter, label, placeholder }) => (
          <TextFilter
            key={filter}
            label={label}
            placeholder={placeholder}
            text={query[filter] ?? ''}
            onChange={text => change({ [filter]: text || null, cursor: null })}
          />
        ))}
      </FilterBar>
      <Loaded what="activity" query={activity}>
        {({ items, nextCursor, partial }) => (
          <>
            {items.length === 0 ? (
              <Empty>Airflow has noted nothing of the kind.</Empty>
            ) : (
              <Table
                label="Activity"
                columns={columns}
                aria-busy={activity.isPlaceholderData}
              >
                {items.map(line => (
                  <ActivityRow key={line.id} cluster={name} line={line} />
                ))}
              </Table>
            )}
            {partial && (
              <Text as="p" variant="body-small" color="secondary">
                What concerns DAGs that you may not see is left out.
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

function ActivityRow(props: { cluster: string; line: Activity }) {
  const { cluster, line } = props;
  const { at, event, who, dagId, runId, taskId, portal } = line;
  const paths = useAirflowPaths();
  return (
    <tr data-kind="activity-row" data-event={event}>
      <td data-label="When" data-short>
        <Moment at={at} />
      </td>
      <td data-label="Event" data-main>
        <code>{event}</code>
      </td>
      <td data-label="Who">
        {portal ? portalWho(portal.who, who) : who ?? '–'}
        {portal?.reason && <small> “{portal.reason}”</small>}
        {portal?.error && <small> ✖ {portal.error}</small>}
      </td>
      <td data-label="DAG">
        {dagId ? <Link to={paths.dag({ cluster, dagId })}>{dagId}</Link> : '–'}
      </td>
      <td data-label="Run">
        {dagId && runId ? (
          <Link to={paths.run({ cluster, dagId, runId })}>{runId}</Link>
        ) : (
          '–'
        )}
      </td>
      <td data-label="Task">{taskId ?? '–'}</td>
    </tr>
  );
}
