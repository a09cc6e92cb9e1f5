import {
  airflowDagReadPermission,
  airflowTaskAnswerPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { actionReasonSchema } from './reasons';
import { endpoint, takesNothing } from './endpoint';
import { jsonObjectSchema } from './json';
import { dagRunParams, taskParams } from './runs';
import { humanInputSchema } from './schemas';

/**
 * What a person answers to a task that asks.
 *
 * @public
 */
export const humanAnswerSchema = z.object({
  mapIndex: z.number().int().min(-1).default(-1),
  options: z.array(z.string()).min(1),
  params: jsonObjectSchema.default('{}'),
  reason: actionReasonSchema,
});

/**
 * What a person answers to a task that asks; see {@link humanAnswerSchema}.
 *
 * @public
 */
export type HumanAnswer = z.infer<typeof humanAnswerSchema>;

/**
 * The endpoints about tasks that ask a person, for clusters with the capability `human-in-the-loop`.
 *
 * @public
 */
export const humanInputEndpoints = {
  listHumanInputs: endpoint({
    ...takesNothing,
    operationId: 'listHumanInputs',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/human-inputs',
    summary: 'What tasks of a run ask of a person, and what was answered',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagRunParams,
    response: z.object({ items: z.array(humanInputSchema) }),
  }),
  answerHumanInput: endpoint({
    ...takesNothing,
    operationId: 'answerHumanInput',
    live: true,
    method: 'POST',
    path: '/clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId/answer',
    summary: 'Answers what a task asks; it cannot be taken back',
    needs: { of: 'dag', permission: airflowTaskAnswerPermission },
    writes: {
      to: 'airflow',
      events: ['task-answer'],
      severity: 'medium',
      details: ({ mapIndex }) => ({ mapIndex }),
    },
    params: taskParams,
    body: humanAnswerSchema,
    exact: ['params'],
    response: z.object({}),
  }),
};
