import type { HumanInput } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { HumanAnswer } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import { shortened } from '../../../masked';
import type { RunRef, TaskInstanceRef } from '../../call';
import { path, type AirflowApi } from '../../http';
import { flag, id, listed, text, writing } from '../../mapping/fields';
import { listOf } from '../../mapping/lists';
import { params } from '../../mapping/params';
import { taskInstance } from '../../mapping/tasks';
import { instant, instantOrNull } from '../../mapping/time';
import { runPath, taskPath } from '../paths';
import type { HumanInputs } from './types';

const LONGEST_SUBJECT = 2_000;

const person = z.object({ name: text, id });
const names = listed(z.string());

/** `HITLDetail` of the v2 specification. */
const detailBody = z
  .object({
    options: names,
    subject: z.string().transform(raw => shortened(raw, LONGEST_SUBJECT)),
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
    (raw): HumanInput => ({
      taskId: raw.task_instance.taskId,
      mapIndex: raw.task_instance.mapIndex,
      displayName: raw.task_instance.displayName,
      subject: raw.subject,
      body: raw.body || null,
      options: raw.options,
      defaults: raw.defaults,
      multiple: raw.multiple ?? false,
      params: raw.params,
      assignedTo: raw.assigned_users.map(nameOf),
      askedAt: raw.created_at,
      answer: raw.response_received
        ? {
            by: raw.responded_by_user ? nameOf(raw.responded_by_user) : null,
            at: raw.responded_at,
            options: raw.chosen_options,
          }
        : null,
    }),
  );

function nameOf(raw: z.output<typeof person>): string {
  return raw.name || raw.id;
}

/** What tasks ask in Airflow 3.1 and later. */
export class HumanInputsV2 implements HumanInputs {
  constructor(private readonly api: AirflowApi) {}

  list(run: RunRef) {
    return this.api.rows(
      { path: `${runPath(run)}/hitlDetails`, exact: ['params'] },
      listOf('hitl_details', detailBody),
    );
  }

  answer(
    ref: TaskInstanceRef,
    answer: Pick<HumanAnswer, 'options' | 'params'>,
  ) {
    return this.api.send({
      method: 'PATCH',
      path: `${taskPath(ref)}${path`/${ref.mapIndex}/hitlDetails`}`,
      body: { chosen_options: answer.options },
      written: { params_input: answer.params },
    });
  }
}
