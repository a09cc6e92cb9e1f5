/**
 * What one route of one cluster was asked.
 *
 * @public
 */
export interface RequestCount {
  cluster: string;
  route: string;
  count: number;
  errors: number;
}

/**
 * Requests since the start, or since they were last reset.
 *
 * @public
 */
export interface RequestReport {
  total: number;
  /** The most requests that one cluster had to answer at the same time. */
  peakInFlight: Record<string, number>;
  routes: RequestCount[];
}

const KNOWN_NEXT: Record<string, string> = {
  dags: '{dag_id}',
  dagRuns: '{run_id}',
  taskInstances: '{task_id}',
  logs: '{try}',
  tries: '{try}',
  dagSources: '{file}',
  parseDagFile: '{file}',
  tasks: '{task_id}',
  pools: '{pool}',
  importErrors: '{id}',
  xcomEntries: '{key}',
  backfills: '{id}',
};
const WORDS = new Set([
  'list',
  '~',
  'listMapped',
  'details',
  'dagRuns',
  'dry_run',
  'events',
]);

/** A path with its ids taken out, so that like counts with like. */
function routeOf(method: string, path: string): string {
  const parts = path.split('/').filter(Boolean);
  const shape = parts.map((part, i) => {
    if (/^-?\d+$/.test(part)) return '{n}';
    const before = parts[i - 1];
    return before in KNOWN_NEXT && !WORDS.has(part) ? KNOWN_NEXT[before] : part;
  });
  return `${method} /${shape.join('/')}`;
}

/** Counts requests per cluster and route. */
export class RequestLog {
  private readonly counts = new Map<string, RequestCount>();
  private readonly inFlight = new Map<string, number>();
  private readonly peaks = new Map<string, number>();

  begin(cluster: string, method: string, path: string): (ok: boolean) => void {
    const route = routeOf(method, path);
    const key = `${cluster} ${route}`;
    const entry = this.counts.get(key) ?? {
      cluster,
      route,
      count: 0,
      errors: 0,
    };
    this.counts.set(key, entry);
    entry.count++;
    const running = (this.inFlight.get(cluster) ?? 0) + 1;
    this.inFlight.set(cluster, running);
    this.peaks.set(cluster, Math.max(this.peaks.get(cluster) ?? 0, running));
    return ok => {
      this.inFlight.set(cluster, (this.inFlight.get(cluster) ?? 1) - 1);
      if (!ok) entry.errors++;
    };
  }

  report(): RequestReport {
    const routes = [...this.counts.values()].sort((a, b) => b.count - a.count);
    return {
      total: routes.reduce((sum, r) => sum + r.count, 0),
      peakInFlight: Object.fromEntries(this.peaks),
      routes,
    };
  }

  reset(): void {
    this.counts.clear();
    this.peaks.clear();
  }
}
