import type { DagParam } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  newRunIdSchema,
  type TriggerBody,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useState } from 'react';
import { useConfValues, type ConfValues } from '../conf';

/** What stands beside the conf, all of it optional. */
export interface RunTexts {
  runId: string;
  logicalDate: string;
  note: string;
  /** Takes the DAG into service as well. */
  unpause: boolean;
}

/** What a run is about to be started with. */
export interface TriggerValues {
  conf: ConfValues;
  run: RunTexts;
  setRun: (change: Partial<RunTexts>) => void;
  runIdError: string | undefined;
  /** What is sent; undefined while something has to be corrected. */
  body: TriggerBody | undefined;
}

const nothing: RunTexts = {
  runId: '',
  logicalDate: '',
  note: '',
  unpause: false,
};

/** What somebody fills in to start a run. */
export function useTriggerValues(params: readonly DagParam[]): TriggerValues {
  const values = useConfValues(params);
  const [run, setRun] = useState(nothing);
  const runIdError = errorOfRunId(run.runId);
  const { conf } = values;
  const { runId, logicalDate } = run;
  const note = run.note.trim();
  return {
    conf: values,
    run,
    setRun: change => setRun(before => ({ ...before, ...change })),
    runIdError,
    body:
      conf && runIdError === undefined
        ? {
            conf,
            ...(runId && { runId }),
            ...(logicalDate && { logicalDate }),
            ...(note && { note }),
            ...(run.unpause && { unpause: true }),
          }
        : undefined,
  };
}

function errorOfRunId(runId: string): string | undefined {
  return runId === '' || newRunIdSchema.safeParse(runId).success
    ? undefined
    : 'Letters, digits and _ . ~ : + - only, at most 250';
}
