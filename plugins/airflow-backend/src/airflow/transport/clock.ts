/** What the last answers told of a cluster's clock. */
export interface ClockReading {
  /** How far it is ahead of the portal's: what most of the last answers say. */
  offsetMs: number;
  /** What the very last answer says, which may be an odd one, or the first after the clock was set. */
  lastOffsetMs: number;
  measuredAt: Date;
}

interface Sample {
  offsetMs: number;
  atMs: number;
}

/** One odd answer among so many is overruled, and a clock that is set is believed with the second answer. */
const SAMPLES = 3;

/** A clock may have been set since. */
const REMEMBERED_MS = 5 * 60_000;

/** `Date` tells whole seconds, and uvicorn works it out only once a second. */
const DOUBT_MS = 2_000;

/** Measures a cluster's clock by the `Date` of its answers. */
export class ClockMeasure {
  private samples: Sample[] = [];

  /** Takes an answer into account, unless it may be older than it looks or of somebody who stands before Airflow. */
  hear(
    { status, headers }: { status: number; headers: Record<string, string> },
    { sentMs, receivedMs }: { sentMs: number; receivedMs: number },
  ): void {
    const dateMs = Date.parse(headers.date ?? '');
    if (Number.isNaN(dateMs) || 'age' in headers) return;
    if (status >= 500 || !isJson(headers)) return;
    const offsetMs = offsetOf(dateMs, { sentMs, receivedMs });
    this.samples = [...this.samples, { offsetMs, atMs: receivedMs }]
      .filter(({ atMs }) => Math.abs(receivedMs - atMs) <= REMEMBERED_MS)
      .slice(-SAMPLES);
  }

  /** Undefined as long as no answer told. */
  read(): ClockReading | undefined {
    const last = this.samples.at(-1);
    if (!last) return undefined;
    const sorted = this.samples
      .map(({ offsetMs }) => offsetMs)
      .sort((a, b) => a - b);
    return {
      offsetMs: sorted[Math.floor((sorted.length - 1) / 2)],
      lastOffsetMs: last.offsetMs,
      measuredAt: new Date(last.atMs),
    };
  }
}

/** In whole seconds; none where it may be that there is none. */
function offsetOf(
  dateMs: number,
  { sentMs, receivedMs }: { sentMs: number; receivedMs: number },
): number {
  const halfWayMs = (receivedMs - sentMs) / 2;
  const offsetMs = dateMs + 500 - (sentMs + halfWayMs);
  return Math.abs(offsetMs) <= DOUBT_MS + halfWayMs
    ? 0
    : Math.round(offsetMs / 1_000) * 1_000;
}

function isJson(headers: Record<string, string>): boolean {
  return /^application\/(problem\+)?json\b/i.test(
    headers['content-type'] ?? '',
  );
}
