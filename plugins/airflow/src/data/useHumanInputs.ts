import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useClusterOf } from './useClusters';
import { useEndpoint } from './useEndpoint';
import type { RunName } from './useRuns';

/** What tasks of a run ask of a person, where tasks can. */
export function useHumanInputs({ cluster, dagId, runId }: RunName) {
  const capabilities = useClusterOf({ cluster })?.capabilities;
  return useEndpoint(
    airflowEndpoints.listHumanInputs,
    { params: { cluster, dagId, runId }, query: {} },
    {
      every: 10_000,
      enabled: capabilities?.includes('human-in-the-loop') ?? false,
    },
  );
}
