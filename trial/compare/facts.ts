/**
 * What is said of one Airflow, one entry a fact: its name, such as `run hello_world r1 · state`, and its value as a
 * text. The portal and Airflow itself are read into the same names, so that setting them side by side needs no more.
 */
export type Facts = Map<string, string>;

/** A fact that the portal and Airflow tell differently. */
export interface Difference {
  fact: string;
  airflow: string;
  portal: string;
}

/** Stands for a fact that is not told at all. */
export const UNTOLD = '–';

/** A run as far as the facts about its DAG follow from it. */
export interface ComparedRun {
  dagId: string;
  runId: string;
  state: string;
  type: string;
  /** What the run is for, in milliseconds since 1970. */
  dueMs: number;
  /** When it ended, or else began, or else was due. */
  endedMs: number;
}

/** How many runs of a DAG its bars and its success rate are taken of. */
export const BARS = 14;

/** A value as a fact; the two sides leave things out in different ways. */
export function told(value: unknown): string {
  if (value === null || value === undefined || value === '') return UNTOLD;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A moment as a fact, to the millisecond, which is what the portal keeps. */
export function moment(value: string | null | undefined): string {
  return value ? new Date(value).toISOString() : UNTOLD;
}

/** Sets several facts about one thing. */
export function tell(
  facts: Facts,
  about: string,
  values: Record<string, string>,
): void {
  for (const [name, value] of Object.entries(values)) {
    facts.set(`${about} · ${name}`, value);
  }
}

/** Newest first, in the order of what runs are for. */
export function newestFirst(runs: readonly ComparedRun[]): ComparedRun[] {
  return [...runs].sort(
    (a, b) => b.dueMs - a.dueMs || (a.runId < b.runId ? 1 : -1),
  );
}
