import { oneByOne } from '../../../eventLoop';
import type { Area } from '../../area';
import type { TaskLogs } from './types';
import { TaskLogsV1 } from './v1';
import { TaskLogsV2 } from './v2';

export type { TaskLogs } from './types';

/** A log may be of any length, so others have their turns while it is read. */
function unhurried(logs: TaskLogs): TaskLogs {
  return { read: (ref, tryNumber) => oneByOne(logs.read(ref, tryNumber)) };
}

export const taskLogs: Area<TaskLogs> = {
  v1: api => unhurried(new TaskLogsV1(api)),
  v2: api => unhurried(new TaskLogsV2(api)),
};
