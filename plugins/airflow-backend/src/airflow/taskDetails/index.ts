import type {
  RenderedField,
  TaskFacts,
  TaskInstance,
  WaitReason,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions, TaskInstanceRef } from '../call';
import type { Area } from '../area';
import { RestTaskDetails } from './RestTaskDetails';

/** What one answer tells of a task instance. */
export interface ToldOfTask extends Omit<TaskFacts, 'links'> {
  instance: TaskInstance;
  rendered: RenderedField[];
}

/** What is asked about one task instance only when somebody looks at it. */
export interface TaskDetails {
  /** How it is and is queued, and the fields of its operator as they were filled in. */
  get(ref: TaskInstanceRef, options?: CallOptions): Promise<ToldOfTask>;
  links(
    ref: TaskInstanceRef,
    options?: CallOptions,
  ): Promise<NonNullable<TaskFacts['links']>>;
  /** Why it does not start; empty where Airflow sees no reason, or tells none. */
  waitReasons(
    ref: TaskInstanceRef,
    options?: CallOptions,
  ): Promise<WaitReason[]>;
}

export const taskDetails: Area<TaskDetails> = {
  v1: (api, server) => new RestTaskDetails(api, server),
  v2: (api, server) => new RestTaskDetails(api, server),
};
