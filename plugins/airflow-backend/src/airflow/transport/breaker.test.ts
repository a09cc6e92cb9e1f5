import { AirflowError, type AirflowErrorCode } from '../errors';
import { Breaker } from './breaker';

const attempt = {
  cluster: 'prod-eu',
  attempted: 'GET /api/v2/dags',
  host: 'airflow.example.com',
  timeoutMs: 1_000,
};

const ok = { status: 200, headers: {} };

function failure(code: AirflowErrorCode) {
  return new AirflowError({
    code,
    cluster: 'prod-eu',
    attempted: attempt.attempted,
    message: `it is ${code}`,
    hint: '',
  });
}

function aBreaker() {
  const breaker = new Breaker({
    failures: 3,
    firstPauseMs: 5_000,
    longestPauseMs: 15_000,
    longestRetryAfterMs: 10_000,
    longestWaitMs: 600_000,
  });
  const send = jest.fn<
    Promise<{ status: number; headers: Record<string, string> }>,
    []
  >();
  const ask = () =>
    breaker.guard(attempt, send, ({ status }) =>
      status >= 500 ? `error ${status}` : undefined,
    );
  const failing = async (code: AirflowErrorCode, times: number) => {
    send.mockRejectedValue(failure(code));
    for (let i = 0; i < times; i++) await ask().catch(() => {});
    send.mockClear();
  };
  return { breaker, send, ask, failing };
}

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-24T03:00:00Z') });
});
afterEach(() => jest.useRealTimers());

describe('the circuit breaker', () => {
  it.each(['unreachable', 'timeout', 'tls'] as const)(
    'opens after several failures of kind %s in a row, and says what happened',
    async code => {
      const { breaker, send, ask, failing } = aBreaker();
      await failing(code, 2);
      expect(breaker.isOpen).toBe(false);
      await failing(code, 1);
      expect(breaker.isOpen).toBe(true);
      await expect(ask()).rejects.toMatchObject({
        code: 'circuit-open',
        cluster: 'prod-eu',
        attempted: 'GET /api/v2/dags',
        message: `Cluster prod-eu is left alone for 5 more seconds after several failures in a row, of which the last was: it is ${code}`,
        hint: expect.stringContaining('2026-11-24T03:00:05.000Z'),
        retryAfterMs: 5_000,
      });
      expect(send).not.toHaveBeenCalled();
    },
  );

  it('opens after server errors too', async () => {
    const { breaker, send, ask } = aBreaker();
    send.mockResolvedValue({ status: 502, headers: {} });
    for (let i = 0; i < 3; i++) await ask();
    expect(breaker.isOpen).toBe(true);
    await expect(ask()).rejects.toThrow('error 502');
  });

  it.each(['unauthorized', 'invalid-response', 'too-large'] as const)(
    'does not open for %s, which an Airflow that runs can answer',
    async code => {
      const { breaker, failing } = aBreaker();
      await failing(code, 10);
      expect(breaker.isOpen).toBe(false);
    },
  );

  it('forgets failures once an answer comes', async () => {
    const { breaker, send, ask, failing } = aBreaker();
    await failing('unreachable', 2);
    send.mockResolvedValueOnce(ok);
    await ask();
    await failing('unreachable', 2);
    expect(breaker.isOpen).toBe(false);
  });

  it('tries one request after the pause, and closes when it is answered', async () => {
    const { send, ask, failing } = aBreaker();
    await failing('unreachable', 3);
    jest.advanceTimersByTime(5_000);
    let answer = (_: typeof ok) => {};
    send.mockReturnValueOnce(
      new Promise(resolve => {
        answer = resolve;
      }),
    );
    send.mockResolvedValue(ok);
    const asked = [ask(), ask(), ask()];
    await jest.advanceTimersByTimeAsync(1_000);
    expect(send).toHaveBeenCalledTimes(1);
    answer(ok);
    await expect(Promise.all(asked)).resolves.toEqual([ok, ok, ok]);
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('pauses twice as long each time the try fails, up to the longest pause', async () => {
    const { ask, failing } = aBreaker();
    await failing('timeout', 3);
    const pauses: unknown[] = [];
    for (let i = 0; i < 4; i++) {
      const error = await ask().catch((thrown: unknown) => thrown);
      const pause = error instanceof AirflowError ? error.retryAfterMs : 0;
      pauses.push(pause);
      jest.advanceTimersByTime(pause ?? 0);
      await failing('timeout', 1);
    }
    expect(pauses).toEqual([5_000, 10_000, 15_000, 15_000]);
  });

  it('stays open when whoever tried gave up', async () => {
    const { breaker, send, ask, failing } = aBreaker();
    await failing('unreachable', 3);
    jest.advanceTimersByTime(5_000);
    send.mockRejectedValueOnce(new Error('the reader left'));
    await expect(ask()).rejects.toThrow('the reader left');
    expect(breaker.isOpen).toBe(true);
  });
});

describe('a cluster that asks to be left alone', () => {
  const asking = (status: number, seconds: number) => ({
    status,
    headers: { 'retry-after': String(seconds) },
  });

  it.each([429, 503])('is so after a %d', async status => {
    const { breaker, send, ask } = aBreaker();
    send.mockResolvedValueOnce(asking(status, 60));
    await expect(ask()).resolves.toMatchObject({ status });
    await expect(ask()).rejects.toMatchObject({
      code: 'circuit-open',
      message:
        'Cluster prod-eu is left alone for 60 more seconds as it asked for',
      retryAfterMs: 60_000,
    });
    expect(send).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(60_000);
    expect(breaker.isOpen).toBe(false);
    send.mockResolvedValueOnce(ok);
    await expect(ask()).resolves.toEqual(ok);
  });

  it('is not given more than the longest wait', async () => {
    const { breaker, send, ask } = aBreaker();
    send.mockResolvedValueOnce(asking(429, 86_400));
    await ask();
    jest.advanceTimersByTime(600_000);
    expect(breaker.isOpen).toBe(false);
  });

  it('is waited for within the request when the wait is short', async () => {
    const { breaker, send, ask } = aBreaker();
    send.mockResolvedValueOnce(asking(429, 10));
    await ask();
    expect(breaker.isOpen).toBe(false);
  });
});
