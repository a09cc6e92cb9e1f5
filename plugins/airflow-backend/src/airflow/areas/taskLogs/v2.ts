import { z } from 'zod';
import type { TaskInstanceRef } from '../../call';
import { path, type AirflowApi } from '../../http';
import { Events, readEventLog } from '../../logs/eventLog';
import { taskPath } from '../paths';
import type { TaskLogs } from './types';

const logPage = z.object({
  content: z.array(z.unknown()),
  continuation_token: z.string().nullish(),
});

/** Logs of Airflow 3: events. */
export class TaskLogsV2 implements TaskLogs {
  constructor(private readonly api: AirflowApi) {}

  async *read(ref: TaskInstanceRef, tryNumber: number) {
    const request = {
      path: `${taskPath(ref)}${path`/logs/${tryNumber}`}`,
      query: { full_content: true, map_index: ref.mapIndex },
    };
    if (this.api.takes('ndjson logs')) {
      const accept = 'application/x-ndjson';
      const { stream } = await this.api.stream({ ...request, accept });
      yield* readEventLog(stream);
      return;
    }
    const events = new Events();
    for (let token: string | undefined, more = true; more; ) {
      const query = { ...request.query, token };
      const page = await this.api.json({ ...request, query }, logPage);
      for (const event of page.content) yield* events.read(event);
      more = page.content.length > 0 && Boolean(page.continuation_token);
      token = page.continuation_token ?? undefined;
    }
  }
}
