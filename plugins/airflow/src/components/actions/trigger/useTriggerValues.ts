import {
  newRunIdSchema,
  type DagParam,
  type TriggerBody,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useState } from 'react';
import { useParamValues, type ParamValues } from '../../params';
import { readConf } from './conf';

/** What stands beside the conf, all of it optional. */
export interface RunTexts {
  runId: string;
  logicalDate: string;
  note: string;
  reason: string;
}

/** What a run is about to be started with. */
export interface TriggerValues {
  params: ParamValues;
  /** The whole conf as JSON. */
  json: string;
  jsonError: string | undefined;
  setJson: (text: string) => void;
  run: RunTexts;
  setRun: (change: Partial<RunTexts>) => void;
  runIdError: string | undefined;
  /** What is sent; undefined while something has to be corrected. */
  body: TriggerBody | undefined;
}

const nothing: RunTexts = { runId: '', logicalDate: '', note: '', reason: '' };

/** Keeps fields and JSON in step: whichever is changed, the other shows the same. */
export function useTriggerValues(params: readonly DagParam[]): TriggerValues {
  const fields = useParamValues(params);
  // What somebody writes stays as it is written, until a field is changed.
  const [written, setWritten] = useState<string>();
  const [run, setRun] = useState(nothing);
  const read = written === undefined ? undefined : readConf(written);
  const jsonError = read && 'error' in read ? read.error : undefined;
  const runIdError = errorOfRunId(run.runId);
  const isReady =
    fields.isValid && jsonError === undefined && runIdError === undefined;
  const { runId, logicalDate } = run;
  const note = run.note.trim();
  const reason = run.reason.trim();
  return {
    params: {
      ...fields,
      set: (field, draft) => {
        setWritten(undefined);
        fields.set(field, draft);
      },
      replace: values => {
        setWritten(undefined);
        fields.replace(values);
      },
    },
    json: written ?? JSON.stringify(fields.values, null, 2),
    jsonError,
    setJson: text => {
      setWritten(text);
      const conf = readConf(text);
      if ('conf' in conf) fields.replace(conf.conf);
    },
    run,
    setRun: change => setRun(before => ({ ...before, ...change })),
    runIdError,
    body: isReady
      ? {
          // As it was written, where a field would make another type of it.
          conf: read && 'conf' in read ? read.conf : fields.values,
          ...(runId && { runId }),
          ...(logicalDate && { logicalDate }),
          ...(note && { note }),
          ...(reason && { reason }),
        }
      : undefined,
  };
}

function errorOfRunId(runId: string): string | undefined {
  return runId === '' || newRunIdSchema.safeParse(runId).success
    ? undefined
    : 'Letters, digits and _ . ~ : + - only, at most 250';
}
