import type {
  RenderedField,
  TaskFacts,
  TaskInstance,
  WaitReason,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Area } from '../../area';
import type { TaskInstanceRef } from '../../call';
import type { AirflowApi } from '../../http';
import { instancePath, taskPath } from '../paths';
import { detailsBody, linksBody, reasonsBody } from './bodies';

/** What one answer tells of a task instance. */
export interface RawTaskDetails extends Omit<TaskFacts, 'links'> {
  instance: TaskInstance;
  rendered: RenderedField[];
}

/** What is asked about one task instance only when somebody looks at it. */
export interface TaskDetails {
  /** How it is and is queued, and the fields of its operator as they were filled in. */
  get(ref: TaskInstanceRef): Promise<RawTaskDetails>;
  links(ref: TaskInstanceRef): Promise<NonNullable<TaskFacts['links']>>;
  /** Why it does not start; empty where Airflow sees no reason, or tells none. */
  waitReasons(ref: TaskInstanceRef): Promise<WaitReason[]>;
}

/** The same in both versions. */
function taskDetailsOf(api: AirflowApi): TaskDetails {
  return {
    get: ref =>
      api.json(
        { path: instancePath(ref), exact: ['rendered_fields'] },
        detailsBody,
      ),
    links: ref =>
      api.json(
        {
          path: `${taskPath(ref)}/links`,
          query: { map_index: ref.mapIndex < 0 ? undefined : ref.mapIndex },
        },
        linksBody,
      ),
    waitReasons: async ref =>
      api.takes('task dependencies')
        ? api.json({ path: `${instancePath(ref)}/dependencies` }, reasonsBody)
        : [],
  };
}

export const taskDetails: Area<TaskDetails> = {
  v1: taskDetailsOf,
  v2: taskDetailsOf,
};
