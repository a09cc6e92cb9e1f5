const MINUTE_MS = 60_000;

interface Sent {
  atMs: number;
  by: string | undefined;
}

/** What was sent within the last minute, and by whom; it holds no more than a minute's requests. */
export class LastMinute {
  private sent: Sent[] = [];
  /** Place of the oldest that still counts. */
  private first = 0;
  private readonly counts = new Map<string | undefined, number>();

  add(by: string | undefined, nowMs: number): void {
    this.sent.push({ atMs: nowMs, by });
    this.counts.set(by, this.of(by) + 1);
  }

  /** Forgets what is older. */
  pass(nowMs: number): void {
    for (; this.first < this.sent.length; this.first += 1) {
      const { atMs, by } = this.sent[this.first];
      if (atMs + MINUTE_MS > nowMs) break;
      const left = this.of(by) - 1;
      if (left > 0) this.counts.set(by, left);
      else this.counts.delete(by);
    }
    if (this.first * 2 > this.sent.length) {
      this.sent = this.sent.slice(this.first);
      this.first = 0;
    }
  }

  get total(): number {
    return this.sent.length - this.first;
  }

  of(by: string | undefined): number {
    return this.counts.get(by) ?? 0;
  }

  /** When each will no longer count, and whose it is, the oldest first. */
  *ends(): Generator<Sent> {
    for (let i = this.first; i < this.sent.length; i += 1) {
      const { atMs, by } = this.sent[i];
      yield { atMs: atMs + MINUTE_MS, by };
    }
  }
}
