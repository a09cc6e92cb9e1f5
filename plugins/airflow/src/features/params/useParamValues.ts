import {
  membersOf,
  objectOf,
  type DagParam,
  type JsonText,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useMemo, useState } from 'react';
import {
  fromDefault,
  fromDraft,
  toDraft,
  type Draft,
  type Read,
} from './draft';
import { fieldOf, type Field } from './field';

/** Params with what stands in their fields. */
export interface ParamValues {
  fields: readonly Field[];
  draftOf: (field: Field) => Draft;
  errorOf: (field: Field) => string | undefined;
  set: (field: Field, draft: Draft) => void;
  /** An object of what was filled in, and of what was given; Airflow gives the rest its defaults. */
  changed: JsonText;
  /** The same with the defaults, as Airflow told them. */
  all: JsonText;
  /** Fills in all fields anew with an object; what is left out, Airflow gives its default. */
  replace: (json: JsonText) => void;
  isValid: boolean;
}

interface State {
  /** What is sent as it was given, in its order; also what belongs to no param. */
  given: ReadonlyMap<string, JsonText>;
  /** What was filled in since. */
  drafts: ReadonlyMap<string, Draft>;
}

const untouched: State = { given: new Map(), drafts: new Map() };

/** Keeps what is filled in for params, beginning with the default of each. What nobody touched stays as it was told. */
export function useParamValues(params: readonly DagParam[]): ParamValues {
  const fields = useMemo(() => params.map(fieldOf), [params]);
  const [state, setState] = useState(untouched);
  const { given, drafts } = state;
  const readings = new Map(fields.map(field => [field, read(field, state)]));
  const changed = new Map(given);
  const all = new Map(
    fields.map(({ name, defaultJson }) => [name, defaultJson]),
  );
  for (const [{ name }, reading] of readings) {
    if (drafts.has(name) && 'json' in reading) changed.set(name, reading.json);
  }
  for (const [name, json] of changed) all.set(name, json);
  const errorOf = (field: Field) => {
    const reading = readings.get(field);
    return reading && 'error' in reading ? reading.error : undefined;
  };
  return {
    fields,
    changed: objectOf(changed),
    all: objectOf(all),
    errorOf,
    draftOf: field => {
      const draft = drafts.get(field.name);
      return draft === undefined ? givenDraft(field, state) : draft;
    },
    set: (field, draft) =>
      setState(before => {
        const { name } = field;
        const next = new Map(before.drafts);
        // What was put back was not touched.
        if (draft === givenDraft(field, before)) next.delete(name);
        else next.set(name, draft);
        return { ...before, drafts: next };
      }),
    replace: json => setState({ given: membersOf(json), drafts: new Map() }),
    isValid: fields.every(field => errorOf(field) === undefined),
  };
}

/** What the field showed before anybody touched it. */
function givenDraft(field: Field, { given }: State): Draft {
  return toDraft(field, given.get(field.name) ?? field.defaultJson);
}

function read(field: Field, { given, drafts }: State): Read {
  const draft = drafts.get(field.name);
  if (draft !== undefined) return fromDraft(field, draft);
  const json = given.get(field.name);
  if (json === undefined) return fromDefault(field);
  const reading = fromDraft(field, toDraft(field, json));
  return 'error' in reading ? reading : { json };
}
