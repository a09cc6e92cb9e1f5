import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Text } from '@backstage/ui';
import { useState } from 'react';
import { useDag } from '../../../data/useDag';
import { useAction, usePreview } from '../../../data/useAction';
import type { RunName } from '../../../data/useRuns';
import type { Shown } from '../../../ui/feedback';
import { ActionDialog } from '../dialog';
import { ScopeChoice } from '../touched/ScopeChoice';
import type { TouchedWords } from '../touched/Touched';
import { countText } from '../touched/touchedGroups';
import { TouchedPreview } from '../touched/TouchedPreview';
import type { ClearScope } from './scopes';

const { clearRun } = airflowEndpoints;

const words: TouchedWords = {
  label: 'What will be cleared',
  some: count => `${count} will run again:`,
  none: 'Nothing of this run matches, so there is nothing to clear.',
  running: 'What is running will be stopped and started anew.',
};

/** Says what will run again, and clears it. */
export function ClearDialog(props: {
  name: RunName;
  /** What it is cleared of, as `report`. */
  of: string;
  /** The usual choice first. */
  scopes: readonly ClearScope[];
  onClose: () => void;
}) {
  const { name, of, scopes, onClose } = props;
  const { cluster, dagId, runId } = name;
  const [scopeId, setScopeId] = useState<string>(scopes[0].id);
  const { clearing } = scopes.find(({ id }) => id === scopeId) ?? scopes[0];
  const asked = { params: { cluster, dagId, runId }, query: {} };
  const preview = usePreview(clearRun, {
    ...asked,
    body: { ...clearing, dryRun: true },
  });
  const clear = useAction(clearRun);
  const count = preview.data?.items.length ?? 0;
  return (
    <ActionDialog
      action="clear"
      clusters={[cluster]}
      title={`Clear ${runId} of ${dagId} on ${cluster}`}
      verb={count > 0 ? `Clear ${countText(count)}` : 'Clear'}
      isReady={count > 0}
      onConfirm={async reason => {
        const { items } = await clear.mutateAsync({
          ...asked,
          body: { ...clearing, dryRun: false, reason },
        });
        return { ...noticeOf(items.length, of), description: runId };
      }}
      onClose={onClose}
    >
      <ScopeChoice
        label="What to clear"
        kind="clear-scope"
        scopes={scopes}
        value={scopeId}
        onChange={setScopeId}
      />
      <TouchedPreview preview={preview} done="cleared" words={words} />
      {preview.data && <PausedRemark name={name} />}
    </ActionDialog>
  );
}

function noticeOf(count: number, of: string): Pick<Shown, 'title' | 'status'> {
  return count > 0
    ? { title: `Cleared ${countText(count)} of ${of}`, status: 'success' }
    : { title: `Nothing of ${of} was left to clear`, status: 'info' };
}

/** Airflow starts nothing of a paused DAG, and does not say so. */
function PausedRemark({ name }: { name: RunName }) {
  const dag = useDag(name);
  if (!dag.data?.paused) return null;
  return (
    <Text color="warning" data-kind="clear-paused">
      The DAG is paused: what is cleared waits until it is unpaused.
    </Text>
  );
}
