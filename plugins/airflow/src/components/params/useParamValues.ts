import type { DagParam } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useMemo, useState } from 'react';
import { fromDraft, toDraft } from './draft';
import { fieldOf, type Field } from './field';

type Values = Record<string, unknown>;

/** Params with what stands in their fields. */
export interface ParamValues {
  fields: readonly Field[];
  draftOf: (field: Field) => string;
  errorOf: (field: Field) => string | undefined;
  set: (field: Field, draft: string) => void;
  /** Every value that can be read, those that belong to no param too. */
  values: Values;
  /** Fills in all fields anew; what is left out, Airflow gives its default. */
  replace: (values: Values) => void;
  isValid: boolean;
}

interface State {
  drafts: Readonly<Record<string, string>>;
  /** What belongs to no param. */
  others: Values;
}

/** Keeps what is filled in for params, beginning with the default of each. */
export function useParamValues(params: readonly DagParam[]): ParamValues {
  const fields = useMemo(() => params.map(fieldOf), [params]);
  const [state, setState] = useState(() =>
    stateOf(
      fields,
      Object.fromEntries(
        fields.map(({ name, defaultValue }) => [name, defaultValue]),
      ),
    ),
  );
  const given = fields.filter(({ name }) => name in state.drafts);
  const readings = new Map(
    given.map(field => [field, fromDraft(field, state.drafts[field.name])]),
  );
  const values: Values = { ...state.others };
  for (const [field, read] of readings) {
    if ('value' in read) values[field.name] = read.value;
  }
  const errorOf = (field: Field) => {
    const read = readings.get(field);
    return read && 'error' in read ? read.error : undefined;
  };
  return {
    fields,
    values,
    errorOf,
    draftOf: field =>
      state.drafts[field.name] ?? toDraft(field, field.defaultValue),
    set: ({ name }, draft) =>
      setState(({ drafts, others }) => ({
        drafts: { ...drafts, [name]: draft },
        others,
      })),
    replace: wanted => setState(stateOf(fields, wanted)),
    isValid: given.every(field => errorOf(field) === undefined),
  };
}

function stateOf(fields: readonly Field[], values: Values): State {
  const named = new Set(fields.map(({ name }) => name));
  return {
    drafts: Object.fromEntries(
      fields
        .filter(({ name }) => name in values)
        .map(field => [field.name, toDraft(field, values[field.name])]),
    ),
    others: Object.fromEntries(
      Object.entries(values).filter(([name]) => !named.has(name)),
    ),
  };
}
