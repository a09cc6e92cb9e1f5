import {
  airflowEndpoints,
  type Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Radio, RadioGroup } from '@backstage/ui';
import { useState } from 'react';
import { useDeed, usePreview } from '../../../hooks/useDeed';
import type { RunName } from '../../../hooks/useRuns';
import { ErrorPanel, Loading } from '../../feedback';
import { stateWord } from '../../state';
import { Touched } from '../clear/Touched';
import { countText } from '../clear/touchedGroups';
import { DeedDialog } from '../deed';
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
  const mark = useDeed(markTasks);
  const word = stateWord(state);
  const count = preview.data?.items.length ?? 0;
  return (
    <DeedDialog
      kind="mark-tasks"
      name={name}
      title={`Mark ${what} in ${runId} as ${word}`}
      verb={count > 0 ? `Mark ${countText(count)}` : 'Mark'}
      isReady={count > 0}
      isPending={mark.isPending}
      error={mark.error}
      onConfirm={async reason => {
        const { items } = await mark.mutateAsync({
          ...asked,
          body: { ...marking, state, dryRun: false, reason },
        });
        return `Marked ${countText(items.length)} as ${word}`;
      }}
      onClose={onClose}
    >
      {scopes.length > 1 && (
        <RadioGroup
          label="What to mark"
          value={scopeId}
          onChange={setScopeId}
          data-kind="mark-scope"
        >
          {scopes.map(({ id, text }) => (
            <Radio key={id} value={id}>
              {text}
            </Radio>
          ))}
        </RadioGroup>
      )}
      {preview.isPending && <Loading what="what would be marked" rows={3} />}
      {preview.error && !preview.data && (
        <ErrorPanel
          title="What would be marked cannot be told"
          error={preview.error}
          onRetry={() => preview.refetch()}
        />
      )}
      {preview.data && (
        <Touched
          items={preview.data.items}
          words={{
            label: 'What will be marked',
            some: told => `${told} will be marked as ${word}:`,
            none: `Nothing of it differs: all is marked as ${word} already.`,
            running: 'What is running will be stopped.',
          }}
        />
      )}
    </DeedDialog>
  );
}
