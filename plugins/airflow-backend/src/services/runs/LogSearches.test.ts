import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { FakeClient } from '../../__testUtils__/FakeClient';
import {
  AirflowError,
  type CallOptions,
  type TaskInstanceRef,
} from '../../airflow';
import { taskLogs } from '../../airflow/areas/taskLogs';
import { createLiveCache } from '../kit/LiveCache';
import { LONGEST_MS, PATIENCE_MS } from './LogSearch';
import { LogSearches, MOST_LONG } from './LogSearches';

const line = (text: string): LogEntry => ({
  kind: 'line',
  level: 'info',
  time: null,
  source: null,
  text,
});

const broken = new AirflowError({
  code: 'unreachable',
  cluster: 'prod-eu',
  message: 'broken',
  hint: 'mend it',
  attempted: 'GET /',
});

/** An Airflow that writes one line of a log at once, and the rest when the test says so. */
class SlowAirflow {
  readonly name = 'prod-eu';
  readonly client = new FakeClient('prod-eu').with(taskLogs, call => ({
    read: ref => this.taskLog(ref, call),
  }));
  readonly limits = { maxInFlight: 4 };
  readonly asked: string[] = [];
  /** Those whose reader has left. */
  readonly left: string[] = [];
  private readonly ends = new Map<string, (how: 'well' | 'badly') => void>();

  async *taskLog(
    { taskId }: TaskInstanceRef,
    { signal }: CallOptions,
  ): AsyncGenerator<LogEntry> {
    this.asked.push(taskId);
    const rest = new Promise<'well' | 'badly'>(end =>
      this.ends.set(taskId, end),
    );
    if (taskId !== 'silent') yield line('has begun');
    const left = signal ? once(signal, 'abort') : new Promise<never>(() => {});
    if ((await Promise.race([rest, left.then(() => 'left')])) === 'left') {
      this.left.push(taskId);
      signal?.throwIfAborted();
    }
    if ((await rest) === 'badly') throw broken;
    yield line('Traceback (most recent call last):');
    yield line('KeyError: 7');
  }

  async end(taskId: string, how: 'well' | 'badly' = 'well') {
    this.ends.get(taskId)?.(how);
    await turn();
  }
}

describe('searching logs for errors', () => {
  let airflow: SlowAirflow;
  let searches: LogSearches;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    airflow = new SlowAirflow();
    searches = new LogSearches(createLiveCache());
  });
  afterEach(() => jest.useRealTimers());

  const ask = (taskId = 'load') =>
    searches.of(airflow, {
      dagId: 'load_orders',
      runId: 'run 1',
      taskId,
      mapIndex: -1,
      tryNumber: 1,
    });
  const later = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  /** Asks, and waits as long as an answer may take. */
  const askPatiently = async (taskId?: string) => {
    const answer = ask(taskId);
    answer.catch(() => {});
    await later(PATIENCE_MS);
    return answer;
  };

  it('waits for a log that ends soon', async () => {
    const answer = ask();
    await turn();
    await airflow.end('load');
    expect(await answer).toMatchObject({
      exception: 'KeyError: 7',
      isWhole: true,
      isReading: false,
    });
  });

  it('tells what is known of a long one, and the rest when it has ended', async () => {
    expect(await askPatiently()).toEqual({
      exception: null,
      excerpt: ['has begun'],
      line: null,
      isWhole: false,
      isReading: true,
    });
    await airflow.end('load');
    expect(await ask()).toMatchObject({
      exception: 'KeyError: 7',
      isWhole: true,
      isReading: false,
    });
  });

  it('reads a long one once, whoever asks and whenever', async () => {
    const first = [askPatiently(), ask()];
    await later(PATIENCE_MS);
    for (const answer of [...first, ask()]) {
      expect(await answer).toMatchObject({ isReading: true });
    }
    await airflow.end('load');
    expect(await ask()).toMatchObject({ isReading: false });
    expect(airflow.asked).toEqual(['load']);
  });

  it('leaves one that is too long, and says so', async () => {
    await askPatiently();
    await later(LONGEST_MS - PATIENCE_MS);
    expect(await ask()).toMatchObject({
      excerpt: ['has begun'],
      isWhole: false,
      isReading: false,
    });
    expect(airflow.left).toEqual(['load']);
    expect(airflow.asked).toEqual(['load']);
  });

  it('reads only a few on at once, and leaves any other at what is known', async () => {
    const tasks = Array.from({ length: MOST_LONG + 1 }, (_, nr) => `t${nr}`);
    for (const task of tasks) await askPatiently(task);
    const last = tasks[MOST_LONG];
    expect(airflow.left).toEqual([last]);
    expect(await ask(last)).toMatchObject({ isWhole: false, isReading: false });

    await airflow.end('t0');
    expect(await askPatiently('another')).toMatchObject({ isReading: true });
  });

  it('reads none on where that would take the only request that may be open', async () => {
    airflow.limits.maxInFlight = 2;
    expect(await askPatiently('t0')).toMatchObject({ isReading: true });
    expect(await askPatiently('t1')).toMatchObject({ isReading: false });
    airflow.limits.maxInFlight = 1;
    await airflow.end('t0');
    expect(await askPatiently('t2')).toMatchObject({ isReading: false });
    expect(airflow.left).toEqual(['t1', 't2']);
  });

  it('tells what came before a long one broke', async () => {
    await askPatiently();
    await airflow.end('load', 'badly');
    expect(await ask()).toMatchObject({
      excerpt: ['has begun'],
      isWhole: false,
      isReading: false,
    });
  });

  it('begins anew where nothing came of it', async () => {
    expect(await askPatiently('silent')).toMatchObject({ isReading: true });
    await airflow.end('silent', 'badly');
    const again = ask('silent');
    again.catch(() => {});
    await turn();
    await airflow.end('silent', 'badly');
    await expect(again).rejects.toBe(broken);
    expect(airflow.asked).toEqual(['silent', 'silent']);
  });
});
