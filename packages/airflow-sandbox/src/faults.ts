import { z } from 'zod';

/** A fault that somebody switched on. */
export const faultSchema = z.strictObject({
  cluster: z.string().optional(),
  /** Regular expression on the path below the cluster's prefix. */
  path: z.string().optional(),
  method: z.string().optional(),
  kind: z.enum([
    'status',
    'latency',
    'truncate',
    'html',
    'badJson',
    'poisonedRow',
    'oddRow',
    'reset',
    'hang',
    'redirect',
    'rateLimit',
    'tooLarge',
    'unauthorized',
    'forbidden',
  ]),
  status: z.int().min(200).max(599).optional(),
  ms: z.int().min(0).optional(),
  retryAfter: z.int().min(0).optional(),
  /** How many requests it hits; without it, all until it is removed. */
  times: z.int().min(1).optional(),
  dagId: z.string().optional(),
  /** With `dagId`, the one run whose row is odd. */
  runId: z.string().optional(),
  /** What stands in an odd row in place of what should. */
  row: z.record(z.string(), z.unknown()).optional(),
});

/**
 * A fault as it is asked for.
 *
 * @public
 */
export type FaultRequest = z.infer<typeof faultSchema>;

/**
 * A fault that is switched on.
 *
 * @public
 */
export type Fault = FaultRequest & { id: string; hits: number };

/** The faults that are switched on now. */
export class Faults {
  private readonly faults = new Map<string, Fault>();
  private lastId = 0;

  add(request: FaultRequest): Fault {
    if (request.path !== undefined) RegExp(request.path);
    const id = String(++this.lastId);
    const fault: Fault = { ...request, id, hits: 0 };
    this.faults.set(id, fault);
    return fault;
  }

  list(): Fault[] {
    return [...this.faults.values()];
  }

  remove(id: string): boolean {
    return this.faults.delete(id);
  }

  clear(): void {
    this.faults.clear();
  }

  /** The faults that hit a request, each counted as used. */
  take(cluster: string, method: string, path: string): Fault[] {
    const hit: Fault[] = [];
    for (const fault of this.faults.values()) {
      if (fault.cluster !== undefined && fault.cluster !== cluster) continue;
      if (fault.method && fault.method.toUpperCase() !== method) continue;
      if (fault.path !== undefined && !RegExp(fault.path).test(path)) continue;
      fault.hits++;
      if (fault.times !== undefined && fault.hits >= fault.times) {
        this.faults.delete(fault.id);
      }
      hit.push(fault);
    }
    return hit;
  }
}
