import {
  airflowEndpoints,
  type OwnerScope,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useEndpoint } from './useEndpoint';

/** What failed within the last hours over the fleet. */
export function useOverview(query: {
  hours: number;
  scope: OwnerScope;
  cluster?: string[];
}) {
  return useEndpoint(
    airflowEndpoints.getOverview,
    { params: {}, query },
    { every: 15_000, keepsPrevious: true },
  );
}
