import type {
  TaskValue,
  XCom,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Area } from '../../area';
import type { Page, TaskInstanceRef } from '../../call';
import { lastPart, type AirflowApi, type Query } from '../../http';
import { listOf } from '../../mapping/lists';
import { taskPath } from '../paths';
import { valueBody, xcomBody } from './bodies';

/** What task instances left for others. */
export interface XComs {
  list(ref: TaskInstanceRef): AsyncGenerator<Page<XCom & { mapIndex: number }>>;
  value(ref: TaskInstanceRef, key: string): Promise<TaskValue>;
}

function xcomsBy(
  api: AirflowApi,
  instanceOf: (ref: TaskInstanceRef) => Query,
  valueQuery: Query = {},
): XComs {
  const entriesPath = (ref: TaskInstanceRef) => `${taskPath(ref)}/xcomEntries`;
  return {
    list: ref =>
      api.pages(
        { path: entriesPath(ref), query: instanceOf(ref) },
        listOf('xcom_entries', xcomBody),
      ),
    value: (ref, key) =>
      api.json(
        {
          path: `${entriesPath(ref)}${lastPart(key)}`,
          query: { ...instanceOf(ref), ...valueQuery },
          exact: ['value'],
        },
        valueBody,
      ),
  };
}

export const xcoms: Area<XComs> = {
  v1: api =>
    xcomsBy(
      api,
      // Early releases know no map index and refuse to hear of one.
      ({ mapIndex }) => ({ map_index: mapIndex < 0 ? undefined : mapIndex }),
      // Otherwise it is told as Python writes it.
      { stringify: api.takes('xcom as json') ? false : undefined },
    ),
  v2: api => xcomsBy(api, ({ mapIndex }) => ({ map_index: mapIndex })),
};
