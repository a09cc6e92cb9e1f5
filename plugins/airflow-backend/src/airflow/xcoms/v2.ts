import type { CallOptions, TaskInstanceRef } from '../call';
import { lastPart, path, readPages, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';
import { valueBody, xcomBody } from './bodies';
import type { XComs } from '.';

function entriesPath({ dagId, runId, taskId }: TaskInstanceRef) {
  return path`/api/v2/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}/xcomEntries`;
}

export class XComsV2 implements XComs {
  constructor(private readonly api: AirflowApi) {}

  list(ref: TaskInstanceRef, call?: CallOptions) {
    return readPages(({ limit, offset, isolating }) =>
      this.api.json(
        {
          path: entriesPath(ref),
          query: { map_index: ref.mapIndex, limit, offset },
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
        query: { map_index: ref.mapIndex },
      },
      valueBody,
      call,
    );
  }
}
