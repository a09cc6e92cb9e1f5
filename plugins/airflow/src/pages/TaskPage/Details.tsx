import type { TaskTry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink, Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import type { TaskName } from '../../data/useRuns';
import { useTaskFacts } from '../../data/useTask';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { startedColumn, stateColumn, taskTookColumn } from '../../ui/columns';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { Facts, Section, Table } from '../../ui/layout';
import { Moment } from '../../ui/time';
import type { TaskTabProps } from './TaskTabProps';

/** How the task is queued, where its operator leads, and its attempts. */
export function Details({ name, instance, tries }: TaskTabProps) {
  const facts = useTaskFacts(name);
  return (
    <>
      {facts.isPending && <Loading what="details" rows={3} />}
      {facts.error && (
        <ErrorPanel
          title="The details could not be read"
          error={facts.error}
          onRetry={() => facts.refetch()}
        />
      )}
      {facts.data && (
        <>
          <Facts
            facts={[
              ['Task id', instance.taskId],
              ['Pool', instance.pool],
              ['Pool slots', facts.data.poolSlots],
              ['Queue', instance.queue],
              ['Priority weight', facts.data.priorityWeight],
              ['Executor', facts.data.executor],
              [
                'Queued',
                instance.queuedAt && <Moment at={instance.queuedAt} />,
              ],
            ]}
          />
          <Links links={facts.data.links} />
        </>
      )}
      <Section title="Attempts" kind="task-tries">
        {tries.length > 0 ? (
          <Tries name={name} tries={tries} />
        ) : (
          <Empty>It has not started yet.</Empty>
        )}
      </Section>
    </>
  );
}

function Links({ links }: { links: { name: string; url: string }[] | null }) {
  if (links?.length === 0) return null;
  return (
    <Section title="Links of its operator" kind="task-links">
      {links === null ? (
        <Text as="p" color="secondary">
          Airflow failed to tell them.
        </Text>
      ) : (
        <ul>
          {links.map(({ name, url }) => (
            <li key={name}>
              <OutLink href={url} target="_blank">
                {name}
              </OutLink>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Tries({ name, tries }: { name: TaskName; tries: readonly TaskTry[] }) {
  const paths = useAirflowPaths();
  return (
    <Table
      label="Attempts"
      kind="try-row"
      rows={tries}
      keyOf={({ tryNumber }) => tryNumber}
      marksOf={({ state }) => ({ 'data-state': state })}
      columns={[
        {
          title: 'Attempt',
          isMain: true,
          cell: ({ tryNumber }) => (
            <Link to={paths.task(name, tryNumber)}>Try {tryNumber}</Link>
          ),
        },
        stateColumn,
        startedColumn,
        taskTookColumn,
        { title: 'Host', cell: ({ hostname }) => hostname ?? '–' },
      ]}
    />
  );
}
