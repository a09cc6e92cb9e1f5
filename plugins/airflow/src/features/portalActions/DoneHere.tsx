import type { PortalAction } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import type { DagName } from '../../data/useDag';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Section, Table, type Column } from '../../ui/layout';
import { Moment } from '../../ui/time';
import { actionWords, portalWho } from './actionWords';

/** What people did through the portal, and why; nothing where nobody did. */
export function DoneHere(props: {
  dag: DagName;
  actions: readonly PortalAction[];
  /** Names the run of each, where they are of more than one. */
  namesRuns?: boolean;
}) {
  const { dag, actions, namesRuns = false } = props;
  const paths = useAirflowPaths();
  if (actions.length === 0) return null;
  const runColumn: Column<PortalAction> = {
    title: 'Run',
    cell: ({ runId }) =>
      runId ? <Link to={paths.run({ ...dag, runId })}>{runId}</Link> : '–',
  };
  return (
    <Section title="Done through the portal" kind="portal-actions">
      <Table
        label="Done through the portal"
        kind="portal-action"
        rows={actions}
        keyOf={({ id }) => id}
        marksOf={({ event }) => ({ 'data-event': event })}
        columns={[
          {
            title: 'When',
            isShort: true,
            cell: ({ at }) => <Moment at={at} />,
          },
          {
            title: 'What',
            isMain: true,
            cell: action =>
              [actionWords(action), action.taskId].filter(Boolean).join(' '),
          },
          { title: 'Who', cell: ({ who }) => portalWho(who, null) },
          { title: 'Why', cell: ({ reason }) => reason ?? '–' },
          ...(namesRuns ? [runColumn] : []),
          {
            title: 'How it went',
            cell: ({ error }) => (error === null ? '✓ done' : `✖ ${error}`),
          },
        ]}
      />
    </Section>
  );
}
