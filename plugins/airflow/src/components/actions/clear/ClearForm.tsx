import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Radio,
  RadioGroup,
  Text,
  TextAreaField,
} from '@backstage/ui';
import { useState } from 'react';
import { useDag } from '../../../hooks/useDag';
import { useDeed, usePreview } from '../../../hooks/useDeed';
import type { RunName } from '../../../hooks/useRuns';
import { ErrorPanel, Loading } from '../../feedback';
import type { ScopeChoice } from './scopes';
import { Touched, type TouchedWords } from './Touched';
import { countText } from './touchedGroups';

const { clearRun } = airflowEndpoints;
const LEAST_REASON = 3;

const words: TouchedWords = {
  label: 'What will be cleared',
  some: count => `${count} will run again:`,
  none: 'Nothing of this run matches, so there is nothing to clear.',
  running: 'What is running will be stopped and started anew.',
};

/** Says what will run again, asks why, and clears it. */
export function ClearForm(props: {
  name: RunName;
  /** The usual choice first. */
  choices: readonly ScopeChoice[];
  onCleared: (count: number) => void;
}) {
  const { name, choices, onCleared } = props;
  const [scope, setScope] = useState<string>(choices[0].scope);
  const [reason, setReason] = useState('');
  const { clearing } =
    choices.find(choice => choice.scope === scope) ?? choices[0];
  const { cluster, dagId, runId } = name;
  const asked = { params: { cluster, dagId, runId }, query: {} };
  const preview = usePreview(clearRun, {
    ...asked,
    body: { ...clearing, dryRun: true },
  });
  const clear = useDeed(clearRun);
  const count = preview.data?.items.length ?? 0;
  const submit = async () => {
    const { items } = await clear.mutateAsync({
      ...asked,
      body: { ...clearing, dryRun: false, reason: reason.trim() },
    });
    onCleared(items.length);
  };
  return (
    <>
      <DialogHeader>{`Clear ${runId} of ${dagId} on ${cluster}`}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <RadioGroup
            label="What to clear"
            value={scope}
            onChange={setScope}
            data-kind="clear-scope"
          >
            {choices.map(choice => (
              <Radio key={choice.scope} value={choice.scope}>
                {choice.text}
              </Radio>
            ))}
          </RadioGroup>
          {preview.isPending && (
            <Loading what="what would be cleared" rows={3} />
          )}
          {preview.error && !preview.data && (
            <ErrorPanel
              title="What would be cleared cannot be told"
              error={preview.error}
              onRetry={() => preview.refetch()}
            />
          )}
          {preview.data && <Touched items={preview.data.items} words={words} />}
          {preview.data && <PausedRemark name={name} />}
          <TextAreaField
            label="Reason"
            description="Kept in the audit log, and shown with what was done"
            value={reason}
            onChange={setReason}
            rows={2}
            maxLength={1000}
            isRequired
            data-kind="clear-reason"
          />
          {clear.error && (
            <ErrorPanel title="Nothing was cleared" error={clear.error} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          isPending={clear.isPending}
          isDisabled={count === 0 || reason.trim().length < LEAST_REASON}
          onPress={() => submit().catch(() => undefined)}
          data-kind="clear-submit"
        >
          {count > 0 ? `Clear ${countText(count)}` : 'Clear'}
        </Button>
      </DialogFooter>
    </>
  );
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
