import {
  airflowEndpoints,
  reprocessBehaviors,
  type BackfillRequest,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Radio,
  RadioGroup,
  Switch,
  Text,
  TextField,
} from '@backstage/ui';
import { useState } from 'react';
import type { DagName } from '../../hooks/useDag';
import { useDeed, usePreview } from '../../hooks/useDeed';
import { useToast } from '../../hooks/useToast';
import { ErrorPanel } from '../feedback';
import { MomentField } from '../params';
import { BackfillPreview } from './BackfillPreview';
import { reprocessWord } from './backfillWords';

const { createBackfill } = airflowEndpoints;
const DAY_MS = 24 * 60 * 60_000;

type Wanted = Omit<BackfillRequest, 'maxActiveRuns' | 'conf'> & {
  runsAtOnce: string;
};

/** Asks for which dates, shows the runs that it makes, and starts it. */
export function StartBackfill(props: { name: DagName; onDone: () => void }) {
  const { name, onDone } = props;
  const { cluster, dagId } = name;
  const [wanted, setWanted] = useState<Wanted>(lastWeek);
  const [reason, setReason] = useState('');
  const { runsAtOnce, ...dates } = wanted;
  const maxActiveRuns = Number(runsAtOnce);
  const isAsked =
    Number.isInteger(maxActiveRuns) &&
    maxActiveRuns >= 1 &&
    wanted.from !== '' &&
    wanted.to !== '' &&
    wanted.from <= wanted.to;
  const request = { ...dates, maxActiveRuns };
  const asked = { params: { cluster, dagId }, query: {} };
  const preview = usePreview(
    createBackfill,
    { ...asked, body: { ...request, dryRun: true } },
    { enabled: isAsked },
  );
  const start = useDeed(createBackfill);
  const toast = useToast();
  const count = isAsked ? preview.data?.dates.length ?? 0 : 0;
  const submit = async () => {
    await start.mutateAsync({
      ...asked,
      body: {
        ...request,
        dryRun: false,
        ...(reason.trim() && { reason: reason.trim() }),
      },
    });
    toast(`Started a backfill of ${runsText(count)}`, dagId);
    onDone();
  };
  return (
    <>
      <DialogHeader>{`Backfill ${dagId} on ${cluster}`}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
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
          <TextField
            label="Reason"
            description="Kept in the audit log"
            value={reason}
            onChange={setReason}
            maxLength={1000}
          />
          {start.error && (
            <ErrorPanel
              title="The backfill did not start"
              error={start.error}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          isDisabled={count === 0}
          isPending={start.isPending}
          onPress={() => submit().catch(() => undefined)}
          data-kind="backfill-submit"
        >
          {count > 0 ? `Start ${runsText(count)}` : 'Start'}
        </Button>
      </DialogFooter>
    </>
  );
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
