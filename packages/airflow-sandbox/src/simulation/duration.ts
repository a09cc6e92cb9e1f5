/** Seconds that a run or a task instance took, once it has ended. */
export function durationOf(it: {
  startAt: number | null;
  endAt: number | null;
}): number | null {
  return it.startAt === null || it.endAt === null
    ? null
    : (it.endAt - it.startAt) / 1000;
}
