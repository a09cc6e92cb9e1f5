import type { JsonText } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import { Select, Text } from '@backstage/ui';
import { useMutation } from '@tanstack/react-query';
import { airflowApiRef } from '../../../data/api';
import type { DagName } from '../../../data/useDag';
import { useRuns } from '../../../data/useRuns';
import { readConf } from './conf';

/** As many as anybody remembers. */
const RECALLED = 10;

/** Fills the form in as a run was started before. */
export function RecentConf(props: {
  dag: DagName;
  onConf: (conf: JsonText) => void;
}) {
  const { dag, onConf } = props;
  const { cluster, dagId } = dag;
  const api = useApi(airflowApiRef);
  const runs = useRuns(dag, { filter: { type: ['manual'] }, limit: RECALLED });
  const recall = useMutation({
    mutationFn: async (runId: string) => {
      const { conf } = await api.call(airflowEndpoints.getRun, {
        params: { cluster, dagId, runId },
        query: {},
      });
      const read = readConf(conf);
      if ('error' in read) {
        throw new Error(`That run cannot be started again: ${read.error}`);
      }
      return read.conf;
    },
    onSuccess: onConf,
  });
  const items = runs.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <Select
        label="Use the configuration of an earlier run"
        placeholder="with the defaults"
        options={items.map(({ runId }) => ({ value: runId, label: runId }))}
        onChange={key => key !== null && recall.mutate(String(key))}
        isDisabled={recall.isPending}
        data-kind="trigger-recent"
      />
      {recall.error && (
        <Text color="danger" variant="body-small" role="alert">
          {recall.error.message}
        </Text>
      )}
    </>
  );
}
