import type {
  TaskInstance,
  TaskTry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { TaskName } from '../../data/useRuns';

/** What every tab of a task instance is given. */
export interface TaskTabProps {
  name: TaskName;
  instance: TaskInstance;
  tries: readonly TaskTry[];
  /** The attempt that is looked at; undefined before the first. */
  shown: TaskTry | undefined;
  /** The line of its log that was linked to. */
  line: number | undefined;
}
