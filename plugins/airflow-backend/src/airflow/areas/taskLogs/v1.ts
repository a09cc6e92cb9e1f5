import type { TaskInstanceRef } from '../../call';
import { path, type AirflowApi } from '../../http';
import { readPlainLog } from '../../logs/plainLog';
import { taskPath } from '../paths';
import type { TaskLogs } from './types';

/** Logs of Airflow 2: text, as its handlers wrote it. */
export class TaskLogsV1 implements TaskLogs {
  constructor(private readonly api: AirflowApi) {}

  async *read(ref: TaskInstanceRef, tryNumber: number) {
    const { mapIndex } = ref;
    const { stream } = await this.api.stream({
      path: `${taskPath(ref)}${path`/logs/${tryNumber}`}`,
      query: {
        full_content: true,
        map_index: mapIndex < 0 ? undefined : mapIndex,
      },
      accept: 'text/plain',
    });
    yield* readPlainLog(stream);
  }
}
