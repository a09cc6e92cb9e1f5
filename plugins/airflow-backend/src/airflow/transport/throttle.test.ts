import { Throttle } from './throttle';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

/** Asks for so many turns at once, and counts those that came. */
function askFor(throttle: Throttle, turns: number) {
  const granted: (() => void)[] = [];
  for (let i = 0; i < turns; i++) {
    throttle.turn().then(
      release => granted.push(release),
      () => {},
    );
  }
  return granted;
}

describe('the throttle', () => {
  it('grants so many turns at the same time and no more', async () => {
    const throttle = new Throttle({ maxInFlight: 2, requestsPerMinute: 1_000 });
    const granted = askFor(throttle, 5);
    await jest.advanceTimersByTimeAsync(0);
    expect(granted).toHaveLength(2);
    granted[0]();
    await jest.advanceTimersByTimeAsync(0);
    expect(granted).toHaveLength(3);
    granted.forEach(release => release());
    await jest.advanceTimersByTimeAsync(0);
    expect(granted).toHaveLength(5);
  });

  it('grants so many turns a minute and no more', async () => {
    const throttle = new Throttle({ maxInFlight: 100, requestsPerMinute: 3 });
    const granted = askFor(throttle, 7);
    await jest.advanceTimersByTimeAsync(59_000);
    expect(granted).toHaveLength(3);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(granted).toHaveLength(6);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(granted).toHaveLength(7);
  });

  it('passes the turn of whoever left while waiting on to the next', async () => {
    const throttle = new Throttle({ maxInFlight: 1, requestsPerMinute: 1_000 });
    const release = await throttle.turn();
    const left = new AbortController();
    const waiting = throttle.turn(left.signal);
    await jest.advanceTimersByTimeAsync(0);
    const next = throttle.turn();
    await jest.advanceTimersByTimeAsync(0);
    left.abort(new Error('the reader left'));
    await expect(waiting).rejects.toThrow('the reader left');
    release();
    await expect(next).resolves.toEqual(expect.any(Function));
  });
});
