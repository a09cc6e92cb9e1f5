import type {
  HumanAnswer,
  HumanInput,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { CallOptions, TaskInstanceRef } from '../call';
import { path, readPages, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';
import { shortened } from '../../told';
import { flag, id, listed, text, writing } from '../mapping/fields';
import { params } from '../mapping/params';
import { taskInstance } from '../mapping/tasks';
import { instant, instantOrNull } from '../mapping/time';
import type { HumanInputs } from './index';

const LONGEST_SUBJECT = 2_000;

const person = z.object({ name: text, id });
const names = listed(z.string());

/** `HITLDetail` of the v2 specification. */
const detailBody = z
  .object({
    options: names,
    subject: z.string().transform(told => shortened(told, LONGEST_SUBJECT)),
    body: writing,
    defaults: names,
    multiple: flag,
    params,
    assigned_users: listed(person),
    created_at: instant,
    responded_by_user: person.nullish().catch(null),
    responded_at: instantOrNull,
    chosen_options: names,
    response_received: flag,
    task_instance: taskInstance,
  })
  .transform(
    (told): HumanInput => ({
      taskId: told.task_instance.taskId,
      mapIndex: told.task_instance.mapIndex,
      displayName: told.task_instance.displayName,
      subject: told.subject,
      body: told.body || null,
      options: told.options,
      defaults: told.defaults,
      multiple: told.multiple ?? false,
      params: told.params,
      assignedTo: told.assigned_users.map(nameOf),
      askedAt: told.created_at,
      answer: told.response_received
        ? {
            by: told.responded_by_user ? nameOf(told.responded_by_user) : null,
            at: told.responded_at,
            options: told.chosen_options,
          }
        : null,
    }),
  );

function nameOf(told: z.output<typeof person>): string {
  return told.name || told.id;
}

/** What tasks ask in Airflow 3.1 and later. */
export class HumanInputsV2 implements HumanInputs {
  constructor(private readonly api: AirflowApi) {}

  async list(dagId: string, runId: string, call?: CallOptions) {
    const all: HumanInput[] = [];
    const pages = readPages(({ limit, offset }) =>
      this.api.json(
        {
          path: path`/api/v2/dags/${dagId}/dagRuns/${runId}/hitlDetails`,
          query: { limit, offset },
          exact: ['params'],
        },
        listOf('hitl_details', detailBody),
        call,
      ),
    );
    for await (const { items } of pages) all.push(...items);
    return all;
  }

  answer(
    { dagId, runId, taskId, mapIndex }: TaskInstanceRef,
    answer: Pick<HumanAnswer, 'options' | 'params'>,
    call?: CallOptions,
  ) {
    return this.api.send(
      {
        method: 'PATCH',
        path: path`/api/v2/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}/${mapIndex}/hitlDetails`,
        body: { chosen_options: answer.options },
        written: { params_input: answer.params },
      },
      call,
    );
  }
}
