import type {
  DagRunState,
  DagRunType,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { dagFilterQuery } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { AirflowCondition } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type { z } from 'zod';

/** What is written together, or not at all. */
export type Transaction = Knex.Transaction;

/** What a conditional decision of the portal's policy asks of a DAG or an alert. */
export type Criteria = PermissionCriteria<AirflowCondition>;

/**
 * What the reader may see. Every read of more than one cluster takes it; there is no way to ask for "all".
 */
export interface ReadScope {
  readonly clusters: readonly {
    readonly name: string;
    readonly environment: string | null;
    /** Of its DAGs or alerts only those that meet this; all when left out. */
    readonly only?: Criteria;
  }[];
}

/** Which page of a list; `cursor` is the `nextCursor` of the page before. */
export interface PageRequest {
  limit: number;
  cursor?: string;
}

/** A page of stored rows; `total` counts the rows of all pages. */
export interface StoredPage<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

/** Filters of the DAG list as the contract declares them, with the caller's scope as the owners that it stands for. */
export type DagFilter = Omit<
  z.output<z.ZodObject<typeof dagFilterQuery>>,
  'scope'
> & {
  /** Entity refs; only DAGs that one of them owns. */
  owners?: readonly string[];
};

/** The filters that say which DAGs somebody means, whatever is listed of them. */
export type DagSelection = Pick<
  DagFilter,
  'dagPattern' | 'owner' | 'owners' | 'tag'
>;

/** Filters of the run list; all hold together, values of one are alternatives. */
export interface RunFilter extends DagSelection {
  cluster?: string[];
  dagId?: string[];
  state?: DagRunState[];
  type?: DagRunType[];
  runAfterFrom?: string;
  runAfterTo?: string;
  /** Found in DAG id and run id, without regard to case. */
  text?: string;
}
