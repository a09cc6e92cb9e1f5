import {
  prettyJson,
  type DagParam,
  type JsonText,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useState } from 'react';
import { useParamValues, type ParamValues } from '../../params';
import { readConf } from './conf';

/** What runs are about to be started with. */
export interface ConfValues {
  params: ParamValues;
  /** The whole conf as JSON: what is sent, and no default that nobody touched. */
  json: string;
  jsonError: string | undefined;
  setJson: (text: string) => void;
  /** Undefined while something has to be corrected. */
  conf: JsonText | undefined;
}

/** Keeps fields and JSON in step: whichever is changed, the other shows the same. */
export function useConfValues(params: readonly DagParam[]): ConfValues {
  const fields = useParamValues(params);
  // What somebody writes stays as it is written, until a field is changed.
  const [written, setWritten] = useState<string>();
  const read = written === undefined ? undefined : readConf(written);
  const jsonError = read && 'error' in read ? read.error : undefined;
  const isReady = fields.isValid && jsonError === undefined;
  // As it was written, where a field would make another type of it.
  const conf = read && 'conf' in read ? read.conf : fields.changed;
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
    json: written ?? prettyJson(fields.changed),
    jsonError,
    setJson: text => {
      setWritten(text);
      const parsed = readConf(text);
      if ('conf' in parsed) fields.replace(parsed.conf);
    },
    conf: isReady ? conf : undefined,
  };
}
