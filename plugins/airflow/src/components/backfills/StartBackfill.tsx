import {
  airflowEndpoints,
  reprocessBehaviors,
  type BackfillRequest,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Radio, RadioGroup, Switch, Text, TextField } from '@backstage/ui';
import { useState } from 'react';
import type { DagName } from '../../hooks/useDag';
import { useDeed, usePreview } from '../../hooks/useDeed';
import { DeedDialog } from '../actions/deed';
import { MomentField } from '../params';
import { BackfillPreview } from './BackfillPreview';
import { reprocessWord } from './backfillWords';

const { createBackfill } = airflowEndpoints;
const DAY_MS = 24 * 60 * 60_000;

type Wanted = Omit<BackfillRequest, 'maxActiveRuns' | 'conf'> & {
  runsAtOnce: string;
};

/** Asks for which dates, shows the runs that it makes, and starts it. */
export function StartBackfill(props: { name: DagName; onClose: () => void }) {
  const { name, onClose } = props;
  const { cluster, dagId } = name;
  const [wanted, setWanted] = useState<Wanted>(lastWeek);
  const { runsAtOnce, ...dates } = wanted;
  const request = { ...dates, maxActiveRuns: Number(runsAtOnce) };
  const isAsked = isComplete(request);
  const asked = { params: { cluster, dagId }, query: {} };
  const preview = usePreview(
    createBackfill,
    { ...asked, body: { ...request, dryRun: true } },
    { enabled: isAsked },
  );
  const start = useDeed(createBackfill);
  const count = isAsked ? preview.data?.dates.length ?? 0 : 0;
  return (
    <DeedDialog
      kind="backfill"
      name={name}
      title={`Backfill ${dagId} on ${cluster}`}
      verb={count > 0 ? `Start ${runsText(count)}` : 'Start'}
      isReady={count > 0}
      isPending={start.isPending}
      error={start.error}
      onConfirm={async reason => {
        await start.mutateAsync({
          ...asked,
          body: { ...request, dryRun: false, reason },
        });
        return `Started a backfill of ${runsText(count)}`;
      }}
      onClose={onClose}
    >
      <WantedFields
        wanted={wanted}
        onChange={change => setWanted({ ...wanted, ...change })}
      />
      {isAsked ? (
        <BackfillPreview preview={preview} />
      ) : (
        <Text color="danger" role="alert">
          Choose two dates, the earlier one first, and at least one run at a
          time.
        </Text>
      )}
    </DeedDialog>
  );
}

function isComplete({ from, to, maxActiveRuns }: BackfillRequest): boolean {
  const isCount = Number.isInteger(maxActiveRuns) && maxActiveRuns >= 1;
  return isCount && from !== '' && to !== '' && from <= to;
}

function WantedFields(props: {
  wanted: Wanted;
  onChange: (change: Partial<Wanted>) => void;
}) {
  const { wanted, onChange } = props;
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
        label="A date that has a run already is"
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
      <TextField
        label="Runs at once"
        inputMode="numeric"
        value={wanted.runsAtOnce}
        onChange={runsAtOnce => onChange({ runsAtOnce })}
      />
      <Switch
        label="The newest date first"
        isSelected={wanted.backwards}
        onChange={backwards => onChange({ backwards })}
      />
    </>
  );
}

/** The whole days before today. */
function lastWeek(): Wanted {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return {
    from: new Date(today - 7 * DAY_MS).toISOString(),
    to: new Date(today).toISOString(),
    backwards: false,
    reprocess: 'none',
    runsAtOnce: '10',
  };
}

function runsText(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}
