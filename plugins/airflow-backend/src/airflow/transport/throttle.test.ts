import fc from 'fast-check';
import type { Asker } from '../asker';
import { Throttle } from './throttle';
import type { TurnRequest } from './turns';

const MINUTE_MS = 60_000;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

const settle = (ms = 0) => jest.advanceTimersByTimeAsync(ms);

function throttleOf(
  limits: { maxInFlight?: number; requestsPerMinute?: number } = {},
) {
  return new Throttle('prod-eu', {
    maxInFlight: 4,
    requestsPerMinute: 100_000,
    ...limits,
  });
}

function asker(reader: string, hasBegun = false): Asker {
  return { reader, hasBegun };
}

/** Asks for so many turns at once, and notes what became of them. */
function askFor(
  throttle: Throttle,
  count: number,
  wanted: () => TurnRequest = () => ({}),
) {
  const granted: (() => void)[] = [];
  const refused: unknown[] = [];
  for (let i = 0; i < count; i++) {
    throttle.turn(wanted()).then(
      release => granted.push(release),
      error => refused.push(error),
    );
  }
  return { granted, refused };
}

const readBy =
  (reader: string, more: TurnRequest = {}) =>
  () => ({
    ...more,
    asker: asker(reader),
  });

describe('turns at the same time', () => {
  it.each([
    // all, readings alone, one reader alone, many readers alone
    [1, 1, 1, 1],
    [2, 1, 1, 1],
    [3, 2, 1, 2],
    [4, 3, 2, 3],
    [8, 6, 5, 6],
    [100, 75, 74, 75],
  ])('of %s in all', async (maxInFlight, readings, reader, readers) => {
    const alone = async (count: number, who: (i: number) => TurnRequest) => {
      let i = 0;
      const asked = askFor(throttleOf({ maxInFlight }), count, () => who(i++));
      await settle();
      return asked.granted.length;
    };
    expect(await alone(150, () => ({}))).toBe(readings);
    const own = { asker: asker('ann', true) };
    expect(await alone(50, () => own)).toBe(Math.min(reader, 50));
    expect(await alone(150, i => readBy(`reader ${i}`)())).toBe(readers);
  });

  it('are kept for readings whatever readers do, and the other way round', async () => {
    const throttle = throttleOf();
    const readers = askFor(throttle, 20, readBy('ann'));
    askFor(throttle, 20, readBy('bob'));
    const readings = askFor(throttle, 20);
    await settle();
    expect(readings.granted).toHaveLength(1);
    readers.granted.forEach(release => release());
    await settle();
    expect(readings.granted).toHaveLength(2);

    const other = throttleOf();
    askFor(other, 20);
    const late = askFor(other, 1, readBy('ann'));
    await settle();
    expect(late.granted).toHaveLength(1);
  });

  it('are taken by turns where there is only one', async () => {
    const throttle = throttleOf({ maxInFlight: 1 });
    const order: string[] = [];
    const run = (who: string, wanted: TurnRequest) =>
      throttle.turn(wanted).then(async release => {
        order.push(who);
        await settle();
        release();
      });
    const all = [
      ...[1, 2, 3].map(() => run('ann', readBy('ann')())),
      ...[1, 2, 3].map(() => run('reading', {})),
    ];
    await settle();
    await Promise.all(all);
    expect(order.slice(1, 5)).toEqual(['reading', 'ann', 'reading', 'ann']);
  });

  it('leave one for what is no log', async () => {
    const throttle = throttleOf();
    const logs = askFor(throttle, 5, readBy('ann', { isLog: true }));
    askFor(throttle, 5, readBy('bob', { isLog: true }));
    const page = askFor(throttle, 1, readBy('bob'));
    await settle();
    expect(logs.granted).toHaveLength(2);
    expect(page.granted).toHaveLength(1);
  });

  it('go first to the reader who had the least', async () => {
    const throttle = throttleOf({ maxInFlight: 2 });
    const order: string[] = [];
    const all = ['ann', 'ann', 'ann', 'bob', 'bob', 'cem'].map(who =>
      throttle.turn(readBy(who)()).then(async release => {
        order.push(who);
        await settle();
        release();
      }),
    );
    await Promise.all(all);
    expect(order).toEqual(['ann', 'bob', 'cem', 'ann', 'bob', 'ann']);
  });

  it('are given back once', async () => {
    const throttle = throttleOf({ maxInFlight: 1 });
    const release = await throttle.turn({});
    release();
    release();
    const { granted } = askFor(throttle, 2);
    await settle();
    expect(granted).toHaveLength(1);
  });
});

describe('turns within a minute', () => {
  const limits = { maxInFlight: 1_000, requestsPerMinute: 40 };

  it('are no more than there are, nor than three quarters for either', async () => {
    const throttle = throttleOf(limits);
    const readings = askFor(throttle, 50);
    await settle();
    expect(readings.granted).toHaveLength(30);
    const readers = askFor(throttle, 50, () => ({ asker: asker('ann', true) }));
    await settle();
    // Two thirds of what is left.
    expect(readers.granted).toHaveLength(7);
    const others = askFor(throttle, 3, readBy('bob'));
    await settle();
    expect(others.granted.length).toBeGreaterThan(0);
    await settle(MINUTE_MS - 1);
    expect(readings.granted).toHaveLength(30);
    await settle(2);
    expect(readings.granted).toHaveLength(50);
  });

  it('are left for whoever comes new, however many have taken theirs', async () => {
    const throttle = throttleOf({ ...limits, requestsPerMinute: 400 });
    for (let i = 0; i < 5; i++) {
      askFor(throttle, 50, () => ({ asker: asker(`heavy ${i}`, true) }));
      await settle();
    }
    const newcomer = askFor(throttle, 1, readBy('new'));
    const readings = askFor(throttle, 100);
    await settle();
    expect(newcomer.granted).toHaveLength(1);
    expect(readings.granted).toHaveLength(100);
  });

  it('that a reader has used up are refused with when to come again', async () => {
    const throttle = throttleOf(limits);
    askFor(throttle, 20, readBy('ann'));
    await settle(20_000);
    const { refused } = askFor(throttle, 1, readBy('ann'));
    await settle();
    expect(refused).toEqual([
      expect.objectContaining({
        code: 'too-many-requests',
        retryAfterMs: 40_000,
      }),
    ]);
    // What is under way goes on, and waits.
    const { granted } = askFor(throttle, 1, () => ({
      asker: asker('ann', true),
    }));
    await settle(39_999);
    expect(granted).toHaveLength(0);
    await settle(2);
    expect(granted).toHaveLength(1);
  });

  it('that everybody together has used up are no fault of who comes new', async () => {
    const throttle = throttleOf({ ...limits, requestsPerMinute: 8 });
    for (let i = 0; i < 6; i++) {
      askFor(throttle, 1, readBy(`reader ${i}`));
      await settle();
    }
    const { refused } = askFor(throttle, 1, readBy('new'));
    await settle();
    expect(refused).toEqual([expect.objectContaining({ code: 'queue-full' })]);
  });
});

describe('the queue', () => {
  it('refuses more than so many of one reader, and of all of them', async () => {
    const throttle = throttleOf({ maxInFlight: 2 });
    const own = askFor(throttle, 900, readBy('ann'));
    await settle();
    expect(own.granted).toHaveLength(1);
    expect(own.refused).toHaveLength(849);
    expect(own.refused[0]).toMatchObject({
      code: 'too-many-requests',
      message: "You asked for more of cluster prod-eu than one reader's share",
    });
    let i = 0;
    askFor(throttle, 500, readBy('bob'));
    const many = askFor(throttle, 500, () => readBy(`reader ${i++}`)());
    await settle();
    expect(many.refused).toHaveLength(200);
    expect(many.refused[0]).toMatchObject({
      code: 'queue-full',
      cluster: 'prod-eu',
      hint: expect.stringContaining('Nothing is wrong with the cluster'),
    });
  });

  it('lets nobody wait without end', async () => {
    const throttle = throttleOf({ maxInFlight: 1 });
    await throttle.turn({});
    const { refused } = askFor(throttle, 1);
    await settle(90_000);
    expect(refused).toEqual([expect.objectContaining({ code: 'queue-full' })]);
  });

  it('forgets whoever leaves, at once and without a turn', async () => {
    const throttle = throttleOf({ maxInFlight: 1 });
    const release = await throttle.turn({});
    const left = new AbortController();
    const gone = askFor(throttle, 50, readBy('ann', { signal: left.signal }));
    await settle();
    const next = throttle.turn(readBy('bob')());
    left.abort(new Error('the reader left'));
    await settle();
    expect(gone.refused).toHaveLength(50);
    const again = askFor(throttle, 50, readBy('ann'));
    await settle();
    expect(again.refused).toHaveLength(0);
    release();
    await expect(next).resolves.toEqual(expect.any(Function));
  });

  it('takes nobody in who has left already', async () => {
    const signal = AbortSignal.abort(new Error('the reader left'));
    await expect(throttleOf().turn({ signal })).rejects.toThrow('left');
  });
});

it('whatever comes and goes: no more than is allowed, everybody in turn, nobody for ever', async () => {
  const step = fc.oneof(
    fc.record({
      act: fc.constant('ask' as const),
      reader: fc.option(fc.constantFrom('ann', 'bob', 'cem')),
      isLog: fc.boolean(),
      leaves: fc.boolean(),
    }),
    fc.record({ act: fc.constant('release' as const), nr: fc.nat(20) }),
    fc.record({ act: fc.constant('leave' as const), nr: fc.nat(20) }),
    fc.record({ act: fc.constant('wait' as const), ms: fc.nat(30_000) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(step, { maxLength: 60 }),
      async (maxInFlight, requestsPerMinute, steps) => {
        const throttle = throttleOf({ maxInFlight, requestsPerMinute });
        const open = new Set<() => void>();
        const leaving: AbortController[] = [];
        const startedAt: number[] = [];
        let asked = 0;
        let ended = 0;
        const end = () => {
          ended += 1;
        };
        const granted = (release: () => void) => {
          end();
          open.add(release);
          startedAt.push(Date.now());
          expect(open.size).toBeLessThanOrEqual(maxInFlight);
          const since = Date.now() - MINUTE_MS;
          expect(startedAt.filter(at => at > since).length).toBeLessThanOrEqual(
            requestsPerMinute,
          );
        };
        const release = (one: (() => void) | undefined) => {
          if (!one) return;
          open.delete(one);
          one();
        };
        for (const next of steps) {
          if (next.act === 'ask') {
            asked += 1;
            const left = new AbortController();
            if (next.leaves) leaving.push(left);
            throttle
              .turn({
                isLog: next.isLog,
                signal: left.signal,
                asker: next.reader ? asker(next.reader) : undefined,
              })
              .then(granted, end);
          } else if (next.act === 'release') release([...open][next.nr]);
          else if (next.act === 'leave') leaving[next.nr]?.abort();
          else await settle(next.ms);
          await settle();
        }
        for (let i = 0; i < 100 && ended < asked; i++) {
          [...open].forEach(release);
          await settle(1_000);
        }
        expect(ended).toBe(asked);
      },
    ),
    { numRuns: 200 },
  );
});
