import { get } from 'node:http';
import { heavyToken } from './PortalApi';

/** Somebody who asks for a thousand different things and waits for none of them. */
export class HurriedReader {
  /** @param path - of the n-th thing that is asked for, below the portal's API */
  constructor(
    private readonly url: string,
    private readonly path: (n: number) => string,
  ) {}

  /** Asks so often within so long, and hangs up each time as soon as it is connected. */
  async hurry(count: number, durationMs: number): Promise<void> {
    const fromMs = performance.now();
    const asked: Promise<void>[] = [];
    while (asked.length < count) {
      const passedMs = performance.now() - fromMs;
      const due = Math.ceil((count * passedMs) / durationMs);
      while (asked.length < Math.min(count, due)) {
        asked.push(this.askAndHangUp(asked.length));
      }
      await new Promise(done => setTimeout(done, 5));
    }
    await Promise.all(asked);
  }

  private askAndHangUp(n: number): Promise<void> {
    return new Promise(done => {
      const request = get(this.url + this.path(n), {
        agent: false,
        headers: { authorization: `Bearer ${heavyToken}` },
      });
      request.on('error', () => done());
      request.once('close', done);
      request.once('socket', socket =>
        socket.once('connect', () => setImmediate(() => request.destroy())),
      );
    });
  }
}
