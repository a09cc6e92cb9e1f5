import type { CallOptions, TaskInstanceRef } from '../call';
import { takes, type Server } from '../capabilities';
import { lastPart, path, readPages, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';
import { valueBody, xcomBody } from './bodies';
import type { XComs } from '.';

function entriesPath({ dagId, runId, taskId }: TaskInstanceRef) {
  return path`/api/v1/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}/xcomEntries`;
}

/** Early releases know no map index and refuse to hear of one. */
const indexOf = ({ mapIndex }: TaskInstanceRef) =>
  mapIndex < 0 ? undefined : mapIndex;

export class XComsV1 implements XComs {
  constructor(
    private readonly api: AirflowApi,
    private readonly server: Server,
  ) {}

  list(ref: TaskInstanceRef, call?: CallOptions) {
    return readPages(({ limit, offset, isolating }) =>
      this.api.json(
        {
          path: entriesPath(ref),
          query: { map_index: indexOf(ref), limit, offset },
          isolating,
        },
        listOf('xcom_entries', xcomBody),
        call,
      ),
    );
  }

  value(ref: TaskInstanceRef, key: string, call?: CallOptions) {
    return this.api.json(
      {
        path: `${entriesPath(ref)}${lastPart(key)}`,
        exact: ['value'],
        query: {
          map_index: indexOf(ref),
          // Otherwise it is told as Python writes it.
          stringify: takes(this.server, 'xcom as json') ? false : undefined,
        },
      },
      valueBody,
      call,
    );
  }
}
