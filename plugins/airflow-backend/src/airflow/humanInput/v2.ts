import type {
  HumanAnswer,
  HumanInput,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { CallOptions, TaskInstanceRef } from '../AirflowClient';
import { path, readPages, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';
import { params } from '../mapping/params';
import { taskInstance } from '../mapping/tasks';
import { instant, instantOrNull } from '../mapping/time';
import type { HumanInputs } from './index';

const person = z.object({ name: z.string().nullish(), id: z.string() });
const names = z
  .array(z.string())
  .nullish()
  .transform(told => told ?? []);

/** `HITLDetail` of the v2 specification. */
const detailBody = z
  .object({
    options: names,
    subject: z.string(),
    body: z.string().nullish(),
    defaults: names,
    multiple: z.boolean().nullish(),
    params,
    assigned_users: z.array(person).nullish(),
    created_at: instant,
    responded_by_user: person.nullish(),
    responded_at: instantOrNull,
    chosen_options: names,
    response_received: z.boolean().nullish(),
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
      assignedTo: (told.assigned_users ?? []).map(nameOf),
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

function nameOf({ name, id }: z.output<typeof person>): string {
  return name || id;
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
        body: { chosen_options: answer.options, params_input: answer.params },
      },
      call,
    );
  }
}
