import type { ComponentHealth } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Area } from '../../area';
import type { AirflowApi } from '../../http';
import { healthBody } from './bodies';

/** How an Airflow is by its own word. */
export interface Health {
  components(): Promise<ComponentHealth[]>;
}

function healthAt(path: string, api: AirflowApi): Health {
  return {
    components: () => api.json({ path, door: 'health' }, healthBody),
  };
}

export const health: Area<Health> = {
  v1: api => healthAt('/health', api),
  v2: api => healthAt('/monitor/health', api),
};
