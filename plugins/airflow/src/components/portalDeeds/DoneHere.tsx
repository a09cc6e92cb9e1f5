import type { PortalDeed } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import type { DagName } from '../../hooks/useDag';
import { Section, Table } from '../layout';
import { Moment } from '../time';
import { deedWords, portalWho } from './deedWords';

/** What people did through the portal, and why; nothing where nobody did. */
export function DoneHere(props: {
  dag: DagName;
  deeds: readonly PortalDeed[];
  /** Names the run of each, where they are of more than one. */
  namesRuns?: boolean;
}) {
  const { dag, deeds, namesRuns = false } = props;
  const paths = useAirflowPaths();
  if (deeds.length === 0) return null;
  return (
    <Section title="Done through the portal" kind="portal-deeds">
      <Table
        label="Done through the portal"
        columns={[
          { title: 'When' },
          { title: 'What' },
          { title: 'Who' },
          { title: 'Why' },
          ...(namesRuns ? [{ title: 'Run' }] : []),
          { title: 'How it went' },
        ]}
      >
        {deeds.map(deed => (
          <tr key={deed.id} data-kind="portal-deed" data-event={deed.event}>
            <td data-label="When" data-short>
              <Moment at={deed.at} />
            </td>
            <td data-label="What" data-main>
              {deedWords(deed)}
              {deed.taskId && ` ${deed.taskId}`}
            </td>
            <td data-label="Who">{portalWho(deed.who, null)}</td>
            <td data-label="Why">{deed.reason ?? '–'}</td>
            {namesRuns && (
              <td data-label="Run">
                {deed.runId ? (
                  <Link to={paths.run({ ...dag, runId: deed.runId })}>
                    {deed.runId}
                  </Link>
                ) : (
                  '–'
                )}
              </td>
            )}
            <td data-label="How it went">
              {deed.error === null ? '✓ done' : `✖ ${deed.error}`}
            </td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
