import {
  airflowEndpoints,
  type Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useState } from 'react';
import { useAction, usePreview } from '../../../data/useAction';
import type { RunName } from '../../../data/useRuns';
import { stateWord } from '../../../ui/state';
import { ActionDialog } from '../dialog';
import { ScopeChoice } from '../touched/ScopeChoice';
import { countText } from '../touched/touchedGroups';
import { TouchedPreview } from '../touched/TouchedPreview';
import type { MarkScope } from './markScopes';

const { markTasks } = airflowEndpoints;

/** Says which task instances will be marked, and marks them. */
export function MarkTasksDialog(props: {
  name: RunName;
  /** What is marked, as `extract`. */
  what: string;
  state: Mark;
  /** The usual choice first. */
  scopes: readonly MarkScope[];
  onClose: () => void;
}) {
  const { name, what, state, scopes, onClose } = props;
  const { cluster, dagId, runId } = name;
  const [scopeId, setScopeId] = useState<string>(scopes[0].id);
  const { marking } = scopes.find(({ id }) => id === scopeId) ?? scopes[0];
  const asked = { params: { cluster, dagId, runId }, query: {} };
  const preview = usePreview(markTasks, {
    ...asked,
    body: { ...marking, state, dryRun: true },
  });
  const mark = useAction(markTasks);
  const word = stateWord(state);
  const count = preview.data?.items.length ?? 0;
  return (
    <ActionDialog
      action="mark-tasks"
      clusters={[cluster]}
      title={`Mark ${what} in ${runId} as ${word}`}
      verb={count > 0 ? `Mark ${countText(count)}` : 'Mark'}
      isReady={count > 0}
      onConfirm={async reason => {
        const { items } = await mark.mutateAsync({
          ...asked,
          body: { ...marking, state, dryRun: false, reason },
        });
        return {
          title: `Marked ${countText(items.length)} as ${word}`,
          description: dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <ScopeChoice
        label="What to mark"
        kind="mark-scope"
        scopes={scopes}
        value={scopeId}
        onChange={setScopeId}
      />
      <TouchedPreview
        preview={preview}
        done="marked"
        words={{
          label: 'What will be marked',
          some: tasks => `${tasks} will be marked as ${word}:`,
          none: `Nothing of it differs: all is marked as ${word} already.`,
          running: 'What is running will be stopped.',
        }}
      />
    </ActionDialog>
  );
}
