import type { DagParam } from './dag';
import type { TaskInstance } from './taskInstance';
import type { Instant } from './time';

/**
 * What a task asks of a person (Airflow 3.1 and later), and what was answered.
 *
 * @public
 */
export type HumanInput = {
  taskId: TaskInstance['taskId'];
  mapIndex: TaskInstance['mapIndex'];
  displayName: string;
  subject: string;
  /** Markdown. */
  body: string | null;
  options: string[];
  /** Chosen when nobody answers in time. */
  defaults: string[];
  /** More than one option may be chosen. */
  multiple: boolean;
  params: DagParam[];
  /** Who alone may answer, as Airflow names them; empty when anybody may. */
  assignedTo: string[];
  askedAt: Instant;
  answer: {
    /** As Airflow names them; null when nobody answered in time. */
    by: string | null;
    at: Instant | null;
    options: string[];
  } | null;
};
