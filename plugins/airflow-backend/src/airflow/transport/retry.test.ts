import { AirflowError, type AirflowErrorCode } from '../errors';
import { createRetry, retryAfterMs } from './retry';

const tuning = {
  retries: 2,
  firstDelayMs: 100,
  longestDelayMs: 200,
  longestRetryAfterMs: 10_000,
};

const ok = { status: 200, headers: {} };

function answer(status: number, retryAfter?: string) {
  return {
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  };
}

function failure(code: AirflowErrorCode) {
  return new AirflowError({
    code,
    cluster: 'a',
    attempted: 'GET /',
    message: code,
    hint: '',
  });
}

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-24T03:00:00Z') });
});
afterEach(() => jest.useRealTimers());

describe('retryAfterMs', () => {
  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 03:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 02:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads %j', (value, ms) => {
    expect(retryAfterMs({ 'retry-after': value })).toBe(ms);
  });

  it('is undefined without the header', () => {
    expect(retryAfterMs({})).toBeUndefined();
  });
});

describe('a retry', () => {
  const trying = (
    outcomes: ({ status: number; headers: object } | Error)[],
    giveUp = () => false,
  ) => {
    const left = [...outcomes];
    const send = jest.fn(async () => {
      const next = left.shift() ?? ok;
      if (next instanceof Error) throw next;
      return next;
    });
    const result = createRetry(tuning, giveUp).execute(send);
    result.catch(() => {});
    return { send, result };
  };

  it.each([
    ['no connection', failure('unreachable')],
    ['429', answer(429)],
    ['502', answer(502)],
    ['503', answer(503)],
    ['504', answer(504)],
  ])('comes after %s', async (_what, outcome) => {
    const { send, result } = trying([outcome]);
    await jest.runAllTimersAsync();
    await expect(result).resolves.toEqual(ok);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['an error 500, which a row may have caused', answer(500)],
    ['refused credentials', answer(401)],
    ['a bad request', answer(400)],
    ['a wait that is too long', answer(503, '11')],
  ])('does not come after %s', async (_what, outcome) => {
    const { send, result } = trying([outcome]);
    await jest.runAllTimersAsync();
    await expect(result).resolves.toEqual(outcome);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it.each(['timeout', 'tls', 'circuit-open', 'too-large'] as const)(
    'does not come after %s',
    async code => {
      const { send, result } = trying([failure(code)]);
      await jest.runAllTimersAsync();
      await expect(result).rejects.toMatchObject({ code });
      expect(send).toHaveBeenCalledTimes(1);
    },
  );

  it('waits for as long as it is asked to', async () => {
    const { send } = trying([answer(429, '3')]);
    await jest.advanceTimersByTimeAsync(2_999);
    expect(send).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('comes twice and no more', async () => {
    const last = answer(502);
    const { send, result } = trying([answer(503), answer(503), last]);
    await jest.runAllTimersAsync();
    await expect(result).resolves.toBe(last);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('does not come when the circuit has opened', async () => {
    const { send, result } = trying([failure('unreachable')], () => true);
    await expect(result).rejects.toMatchObject({ code: 'unreachable' });
    expect(send).toHaveBeenCalledTimes(1);
  });
});
