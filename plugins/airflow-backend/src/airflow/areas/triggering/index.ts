import type { TriggerBody } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';
import type { Area } from '../../area';
import type { AirflowApi } from '../../http';
import { runsPath } from '../paths';
import type { AirflowRunDetails } from '../runs';
import * as v1 from '../runs/v1';
import * as v2 from '../runs/v2';

export interface Triggering {
  /** @returns the run that it made */
  trigger(dagId: string, wanted: TriggerBody): Promise<AirflowRunDetails>;
}

function triggeringBy(
  api: AirflowApi,
  toBody: (wanted: TriggerBody) => Record<string, unknown>,
  runBody: z.ZodType<AirflowRunDetails>,
): Triggering {
  return {
    trigger: (dagId, wanted) =>
      api.json(
        {
          method: 'POST',
          path: runsPath(dagId),
          body: toBody(wanted),
          written: { conf: wanted.conf },
        },
        runBody,
      ),
  };
}

export const triggering: Area<Triggering> = {
  v1: api =>
    triggeringBy(
      api,
      ({ runId, logicalDate, note }) => ({
        dag_run_id: runId,
        logical_date: logicalDate,
        note: api.takes('trigger note') ? note : undefined,
      }),
      v1.runBody,
    ),
  v2: api =>
    triggeringBy(
      api,
      ({ runId, logicalDate, note }) => ({
        // The key must be there; null lets several runs be due at once.
        logical_date: logicalDate ?? null,
        dag_run_id: runId,
        note,
      }),
      v2.runBody,
    ),
};
