import type { Backfill } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowEndpoints,
  type BackfillChange,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { DagName } from '../../data/useDag';
import { useAction } from '../../data/useAction';
import { ActionDialog, Says } from '../actions/dialog';
import { spanText } from './backfillWords';

const words: Record<
  BackfillChange,
  { verb: string; done: string; says: string }
> = {
  pause: {
    verb: 'Pause',
    done: 'The backfill is paused',
    says: 'Runs in progress finish; no more are started.',
  },
  unpause: {
    verb: 'Go on',
    done: 'Backfill resumed',
    says: 'Its runs start again.',
  },
  cancel: {
    verb: 'Cancel the backfill',
    done: 'The backfill is cancelled',
    says: 'Runs in progress finish; those not started count as failed. A cancelled backfill cannot be resumed.',
  },
};

/** Pauses or cancels a backfill, or has it go on. */
export function ChangeBackfillDialog(props: {
  name: DagName;
  backfill: Backfill;
  change: BackfillChange;
  onClose: () => void;
}) {
  const { name, backfill, change, onClose } = props;
  const { cluster, dagId } = name;
  const { verb, done, says } = words[change];
  const action = useAction(airflowEndpoints.changeBackfill);
  return (
    <ActionDialog
      action={`backfill-${change}`}
      clusters={[cluster]}
      title={`${verb}: ${spanText(backfill)}`}
      verb={verb}
      isDangerous={change === 'cancel'}
      onConfirm={async reason => {
        await action.mutateAsync({
          params: { cluster, dagId, backfillId: backfill.id },
          query: {},
          body: { change, reason },
        });
        return {
          title: done,
          description: dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <Says>{says}</Says>
    </ActionDialog>
  );
}
