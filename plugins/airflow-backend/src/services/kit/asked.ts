import type {
  airflowEndpoints,
  Endpoint,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { z } from 'zod';
import type { RegisteredCluster } from '../../clusters';
import type { ReadScope } from '../../store';
import type { ClusterScope, Scope } from './Access';

/** A request after it was checked against its endpoint, and who sent it. */
export interface Checked<E extends Endpoint> {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<E['body']>;
  credentials: BackstageCredentials;
  /** The entity ref of a person, or the subject of a service. */
  who: string;
  request: Request;
}

/** What is found of the subject that an endpoint declares, as far as who asks may see it. */
export interface Found {
  cluster: { cluster: RegisteredCluster };
  dag: { cluster: RegisteredCluster };
  clusters: { scope: ClusterScope };
  dags: { scope: Scope };
  files: { scope: Scope };
  alerts: { scope: Scope };
  'each-alert': { scope: { readable: ReadScope; allowed: ReadScope } };
}

/** A request that was let through. */
export type AskedOf<E extends Endpoint> = Checked<E> & Found[E['needs']['of']];

type Contract = typeof airflowEndpoints;

/** The names of the endpoints. */
export type OperationId = keyof Contract;

/** What an operation is given, after it was let through. */
export type Asked<Id extends OperationId> = AskedOf<Contract[Id]>;

/** What an operation answers. */
export type Answer<Id extends OperationId> = z.input<Contract[Id]['response']>;
