import { abortable, askingFor } from '../../airflow';

/** One fetch for all who wait for it, which ends when the last of them has left. */
export class SharedFetch<T> {
  private readonly result: Promise<T>;
  private readonly abandoned = new AbortController();
  private waiting = 0;
  private isOver = false;

  /** @param onEnd - called once, with what came of it where something did */
  constructor(
    fetch: () => Promise<T>,
    private readonly onEnd: (own: SharedFetch<T>, value?: T) => void,
  ) {
    const asker = askingFor.getStore();
    const { signal } = this.abandoned;
    // It goes by the limits of who began it, but is not theirs alone.
    const shared = asker && { ...asker, signal };
    this.result = askingFor
      .run(shared, fetch)
      .then(value => {
        this.end(value);
        return value;
      })
      .finally(() => this.end());
    // Whoever waits hears of it; there may be nobody.
    this.result.catch(() => {});
  }

  async wait(signal: AbortSignal | undefined): Promise<T> {
    this.waiting += 1;
    try {
      return await abortable(this.result, signal);
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0 && !this.isOver) {
        this.end();
        this.abandoned.abort();
      }
    }
  }

  private end(value?: T): void {
    if (this.isOver) return;
    this.isOver = true;
    this.onEnd(this, value);
  }
}
