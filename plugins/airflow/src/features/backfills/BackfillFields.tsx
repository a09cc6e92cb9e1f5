import { reprocessBehaviors } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackfillRequest } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Radio, RadioGroup, Switch, TextField } from '@backstage/ui';
import { MomentField } from '../params';
import { reprocessWord } from './backfillWords';
import { VersionField } from './VersionField';

/** What is filled in, as it stands in the fields. */
export type Wanted = Omit<BackfillRequest, 'maxActiveRuns' | 'conf'> & {
  runsAtOnce: string;
};

/** For which dates, in which order and how many at a time. */
export function BackfillFields(props: {
  wanted: Wanted;
  /** Whether this Airflow lets the version of the DAG be chosen. */
  hasVersions: boolean;
  onChange: (change: Partial<Wanted>) => void;
}) {
  const { wanted, hasVersions, onChange } = props;
  return (
    <>
      <MomentField
        label="From (UTC)"
        value={wanted.from}
        onChange={from => onChange({ from })}
      />
      <MomentField
        label="To (UTC)"
        value={wanted.to}
        onChange={to => onChange({ to })}
      />
      <RadioGroup
        label="Dates that already have a run"
        value={wanted.reprocess}
        onChange={chosen => {
          const reprocess = reprocessBehaviors.find(id => id === chosen);
          if (reprocess) onChange({ reprocess });
        }}
      >
        {reprocessBehaviors.map(id => (
          <Radio key={id} value={id}>
            {reprocessWord(id)}
          </Radio>
        ))}
      </RadioGroup>
      {hasVersions && wanted.reprocess !== 'none' && (
        <VersionField
          onLatestVersion={wanted.onLatestVersion}
          onChange={onLatestVersion => onChange({ onLatestVersion })}
        />
      )}
      <TextField
        label="Concurrent runs"
        inputMode="numeric"
        value={wanted.runsAtOnce}
        onChange={runsAtOnce => onChange({ runsAtOnce })}
      />
      <Switch
        label="Newest date first"
        isSelected={wanted.backwards}
        onChange={backwards => onChange({ backwards })}
      />
    </>
  );
}
