import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { TaskInstanceRef } from '../../call';

/** What attempts wrote. */
export interface TaskLogs {
  /** Entries as they arrive; memory stays bounded by one line however long the log is. */
  read(ref: TaskInstanceRef, tryNumber: number): AsyncGenerator<LogEntry>;
}
