import { z } from 'zod';
import { TaskSelection } from '../simulation/actions';

/** Whether the tasks and runs around the named ones are meant, too. */
export const relatives = {
  include_upstream: z.boolean().default(false),
  include_downstream: z.boolean().default(false),
  include_future: z.boolean().default(false),
  include_past: z.boolean().default(false),
};

/** What a body that clears says about the tasks of each run. */
export function selectionOf(body: {
  task_ids?: TaskSelection['taskIds'] | null;
  include_upstream: boolean;
  include_downstream: boolean;
  only_failed: boolean;
  only_running: boolean;
}): TaskSelection {
  return {
    taskIds: body.task_ids ?? undefined,
    upstream: body.include_upstream,
    downstream: body.include_downstream,
    onlyFailed: body.only_failed,
    onlyRunning: body.only_running,
  };
}
