/** Something that was so for a time, in simulated milliseconds. */
export interface Interval {
  cluster: string;
  rule: string;
  /** A DAG or a component; empty for the cluster itself. */
  about: string;
  fromMs: number;
  /** Infinity while it goes on. */
  toMs: number;
  /** What was told in words. */
  said?: string;
}

export function overlaps(
  a: Pick<Interval, 'fromMs' | 'toMs'>,
  b: Pick<Interval, 'fromMs' | 'toMs'>,
): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}

export function isSameTrouble(a: Interval, b: Interval): boolean {
  return a.cluster === b.cluster && a.rule === b.rule && a.about === b.about;
}
