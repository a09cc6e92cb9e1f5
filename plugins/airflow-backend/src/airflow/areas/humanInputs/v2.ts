import type { HumanInput } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { HumanAnswer } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import { shortened } from '../../../told';
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
