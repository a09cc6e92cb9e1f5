import type { AirflowAuthStrategy } from '@airflow-fleet/backstage-plugin-airflow-node';
import { airflow3Auth } from './airflow3';
import { basicAuth, headersAuth, noAuth, tokenAuth } from './fixed';
import { oauth2Auth } from './oauth2';
import { passwordAuth } from './password';

/** The ways of signing in that need no further module. */
export const builtInAuthStrategies: readonly AirflowAuthStrategy[] = [
  noAuth,
  basicAuth,
  tokenAuth,
  headersAuth,
  airflow3Auth,
  oauth2Auth,
  passwordAuth,
];
