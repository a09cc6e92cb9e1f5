import { Text, TextField } from '@backstage/ui';
import { MomentField } from '../../params';
import { More } from '../conf';
import type { TriggerValues } from './useTriggerValues';

/** What the new run is called and for when it counts. */
export function RunFields({ values }: { values: TriggerValues }) {
  const { run, setRun, runIdError } = values;
  return (
    <More title="Run id, logical date, note" kind="trigger-more">
      <TextField
        label="Run id"
        placeholder="chosen by Airflow"
        value={run.runId}
        onChange={runId => setRun({ runId })}
        isInvalid={runIdError !== undefined}
        data-kind="trigger-run-id"
      />
      {runIdError && (
        <Text color="danger" variant="body-small" role="alert">
          {runIdError}
        </Text>
      )}
      <MomentField
        label="Logical date (UTC)"
        description="For which date it counts; now when left empty"
        value={run.logicalDate}
        onChange={logicalDate => setRun({ logicalDate })}
      />
      <TextField
        label="Note"
        description="Everybody sees it, in Airflow too"
        value={run.note}
        onChange={note => setRun({ note })}
        maxLength={1000}
      />
    </More>
  );
}
