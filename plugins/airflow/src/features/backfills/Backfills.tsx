import {
  airflowDagBackfillPermission,
  type Backfill,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useBackfills } from '../../data/useBackfills';
import { useDagDetails, type DagName } from '../../data/useDag';
import { useRefusal } from '../../data/useMay';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { Section, Table, type Column } from '../../ui/layout';
import { Moment } from '../../ui/time';
import { ActionButton, ActionMenu } from '../actions/dialog';
import { refusalWords, reprocessWord, spanText } from './backfillWords';
import { ChangeBackfillDialog } from './ChangeBackfillDialog';
import { StartBackfill } from './StartBackfill';

const factColumns: readonly Column<Backfill>[] = [
  { title: 'Dates', isMain: true, cell: spanText },
  { title: 'State', cell: backfill => <State backfill={backfill} /> },
  {
    title: 'Dates that have a run',
    cell: ({ reprocess }) => reprocessWord(reprocess),
  },
  {
    title: 'Concurrent runs',
    isNumber: true,
    cell: ({ maxActiveRuns }) => maxActiveRuns,
  },
  { title: 'Started', cell: ({ createdAt }) => <Moment at={createdAt} /> },
];

function State({ backfill: { completedAt, paused } }: { backfill: Backfill }) {
  if (!completedAt) return paused ? '‖ paused' : '▶ running';
  return (
    <>
      completed <Moment at={completedAt} />
    </>
  );
}

/** The backfills of a DAG, and how one is started. */
export default function Backfills({ name }: { name: DagName }) {
  const { data, error, isPending, refetch } = useBackfills(name);
  const refusal = useRefusal(airflowDagBackfillPermission, name);
  return (
    <Section title="Backfills" kind="backfills">
      <StartButton name={name} refusal={refusal} />
      {isPending && <Loading what="backfills" rows={3} />}
      {error && !data && (
        <ErrorPanel
          title="The backfills could not be loaded"
          error={error}
          onRetry={() => refetch()}
        />
      )}
      {data && data.items.length === 0 && (
        <Empty>None yet. A backfill makes runs for dates in the past.</Empty>
      )}
      {data && data.items.length > 0 && (
        <Table
          label="Backfills"
          kind="backfill-row"
          rows={data.items}
          keyOf={({ id }) => id}
          marksOf={({ id }) => ({ 'data-backfill': id })}
          columns={[
            ...factColumns,
            {
              title: 'Actions',
              cell: backfill => (
                <Actions name={name} backfill={backfill} refusal={refusal} />
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

function StartButton(props: { name: DagName; refusal: string | null }) {
  const { name } = props;
  const { data, error, refetch } = useDagDetails(name);
  const { params = [], backfillRefusal = null } = data ?? {};
  const refusal =
    props.refusal ??
    (backfillRefusal && refusalWords[backfillRefusal]) ??
    (data ? null : 'The params of the DAG are being read');
  return (
    <div>
      <ActionButton
        kind="backfill-button"
        text="Start a backfill…"
        refusal={refusal}
        dialog={onClose => (
          <StartBackfill name={name} params={params} onClose={onClose} />
        )}
      />
      {error && !data && (
        <ErrorPanel
          title="The params of the DAG could not be loaded"
          error={error}
          onRetry={() => refetch()}
        />
      )}
    </div>
  );
}

/** What can be done to one that is not completed. */
function Actions(props: {
  name: DagName;
  backfill: Backfill;
  refusal: string | null;
}) {
  const { name, backfill, refusal } = props;
  const { id, paused, completedAt } = backfill;
  if (completedAt) return null;
  const dialog =
    (change: 'pause' | 'unpause' | 'cancel') => (onClose: () => void) =>
      (
        <ChangeBackfillDialog
          name={name}
          backfill={backfill}
          change={change}
          onClose={onClose}
        />
      );
  return (
    <ActionMenu
      kind="backfill-menu"
      of={`backfill ${id}`}
      size="small"
      actions={[
        {
          id: 'pause',
          text: paused ? 'Go on…' : 'Pause…',
          refusal,
          dialog: dialog(paused ? 'unpause' : 'pause'),
        },
        {
          id: 'cancel',
          text: 'Cancel…',
          refusal,
          dialog: dialog('cancel'),
        },
      ]}
    />
  );
}
