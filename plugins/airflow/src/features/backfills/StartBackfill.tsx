import type { DagParam } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowEndpoints,
  type BackfillRequest,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Text } from '@backstage/ui';
import { useState } from 'react';
import { useClusterOf } from '../../data/useClusters';
import type { DagName } from '../../data/useDag';
import { useAction, usePreview } from '../../data/useAction';
import {
  ConfFields,
  More,
  useConfValues,
  type ConfValues,
} from '../actions/conf';
import { ActionDialog } from '../actions/dialog';
import { BackfillFields, type Wanted } from './BackfillFields';
import { BackfillPreview } from './BackfillPreview';

const { createBackfill } = airflowEndpoints;
const DAY_MS = 24 * 60 * 60_000;

/** Asks for which dates and with what, shows the runs that it makes, and starts it. */
export function StartBackfill(props: {
  name: DagName;
  params: readonly DagParam[];
  onClose: () => void;
}) {
  const { name, params, onClose } = props;
  const { cluster, dagId } = name;
  const [wanted, setWanted] = useState<Wanted>(lastWeek);
  const { runsAtOnce, onLatestVersion, ...dates } = wanted;
  const hasVersions =
    useClusterOf(name)?.capabilities.includes('backfill-version') ?? false;
  const request = { ...dates, maxActiveRuns: Number(runsAtOnce) };
  const isAsked = isComplete(request);
  const values = useConfValues(params);
  const { conf } = values;
  const asked = { params: { cluster, dagId }, query: {} };
  const preview = usePreview(
    createBackfill,
    { ...asked, body: { ...request, dryRun: true } },
    { enabled: isAsked },
  );
  const start = useAction(createBackfill);
  const count = isAsked ? preview.data?.dates.length ?? 0 : 0;
  return (
    <ActionDialog
      action={request.reprocess === 'none' ? 'backfill' : 'backfill-repeat'}
      clusters={[cluster]}
      title={`Backfill ${dagId} on ${cluster}`}
      verb={count > 0 ? `Start ${runsText(count)}` : 'Start'}
      isReady={count > 0 && conf !== undefined}
      onConfirm={async reason => {
        await start.mutateAsync({
          ...asked,
          body: { ...request, onLatestVersion, conf, dryRun: false, reason },
        });
        return {
          title: `Started a backfill of ${runsText(count)}`,
          description: dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <BackfillFields
        wanted={wanted}
        hasVersions={hasVersions}
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
      <RunsConf name={name} values={values} />
    </ActionDialog>
  );
}

/** Folded as long as the defaults of the DAG will do. */
function RunsConf(props: { name: DagName; values: ConfValues }) {
  const { name, values } = props;
  const [startsOpen] = useState(values.conf === undefined);
  return (
    <More
      title="Configuration of its runs"
      kind="backfill-conf"
      startsOpen={startsOpen}
    >
      <ConfFields dag={name} values={values} />
    </More>
  );
}

function isComplete({ from, to, maxActiveRuns }: BackfillRequest): boolean {
  const isCount = Number.isInteger(maxActiveRuns) && maxActiveRuns >= 1;
  return isCount && from !== '' && to !== '' && from <= to;
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
