import type { AirflowAuthStrategy } from '@airflow-fleet/backstage-plugin-airflow-node';

/** The ways of signing in that need no further module. */
export const builtInAuthStrategies: readonly AirflowAuthStrategy[] = [];
