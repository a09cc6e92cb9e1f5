import {
  airflowEndpoints,
  type Mark,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useClusterOf } from '../../../data/useClusters';
import { useAction } from '../../../data/useAction';
import type { RunName } from '../../../data/useRuns';
import { stateWord } from '../../../ui/state';
import { ActionDialog, Says } from '../dialog';

/** Says what marking a run does to its tasks, and marks it. */
export function MarkRunDialog(props: {
  name: RunName;
  state: Mark;
  onClose: () => void;
}) {
  const { name, state, onClose } = props;
  const { cluster, dagId, runId } = name;
  const mark = useAction(airflowEndpoints.markRun);
  const apiVersion = useClusterOf(name)?.apiVersion;
  const word = stateWord(state);
  return (
    <ActionDialog
      action="mark-run"
      clusters={[cluster]}
      title={`Mark ${runId} of ${dagId} on ${cluster} as ${word}`}
      verb={`Mark as ${word}`}
      onConfirm={async reason => {
        await mark.mutateAsync({
          params: { cluster, dagId, runId },
          query: {},
          body: { state, reason },
        });
        return {
          title: `Marked ${runId} as ${word}`,
          description: dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <Says>{effectOf(state, apiVersion === 'v1')}</Says>
    </ActionDialog>
  );
}

function effectOf(state: Mark, isAirflow2: boolean): string {
  if (state === 'failed') {
    return 'What runs now is stopped and counts as failed. What has not started is skipped. What has ended stays as it is.';
  }
  return isAirflow2
    ? 'Every task of it counts as successful then, also what failed or has not started.'
    : 'What runs now is stopped and counts as successful. What has not started is skipped. What has ended stays as it is, failed tasks too.';
}
