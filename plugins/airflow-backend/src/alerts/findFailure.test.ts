import type {
  LogEntry,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { FakeClient } from '../__testUtils__/FakeClient';
import { aTask } from '../__testUtils__/rows';
import { AirflowError, type RunRef, type TaskInstanceRef } from '../airflow';
import { taskLogs } from '../airflow/areas/taskLogs';
import { tasks } from '../airflow/areas/tasks';
import { findFailure } from './findFailure';

function failed(taskId: string, overrides: Partial<TaskInstance> = {}) {
  return aTask(taskId, {
    runId: 'run 1',
    state: 'failed',
    tryNumber: 2,
    maxTries: 2,
    endedAt: '2026-11-24T02:00:00.000Z',
    ...overrides,
  });
}

/** An Airflow that has these tasks in every run, and whose logs end in an error. */
class FakeAirflow {
  readonly client = new FakeClient('prod-eu')
    .with(tasks, () => ({ ofRun: run => this.taskInstances(run) }))
    .with(taskLogs, () => ({
      read: (ref, tryNumber) => this.taskLog(ref, tryNumber),
    }));
  readonly askedRuns: string[] = [];
  readonly askedLogs: string[] = [];
  tasks: () => Promise<TaskInstance[]> = async () => [failed('load')];

  async *taskInstances({ runId }: RunRef) {
    this.askedRuns.push(runId);
    yield { items: await this.tasks(), skipped: 0 };
  }

  async *taskLog(
    { taskId, mapIndex }: TaskInstanceRef,
    tryNumber: number,
  ): AsyncGenerator<LogEntry> {
    this.askedLogs.push(`${taskId} ${mapIndex} ${tryNumber}`);
    for (const text of ['Traceback (most recent call last):', 'KeyError: 7']) {
      yield { kind: 'line', level: 'error', time: null, source: null, text };
    }
  }
}

const refused = new AirflowError({
  code: 'server-error',
  cluster: 'prod-eu',
  message: 'broken',
  hint: 'mend it',
  attempted: 'GET /',
});

describe('findFailure', () => {
  let airflow: FakeAirflow;
  const find = () => findFailure(airflow.client, 'load_orders', 'run 1');
  const failure = {
    runId: 'run 1',
    taskId: 'load',
    mapIndex: -1,
    tryNumber: 2,
    exception: 'KeyError: 7',
    excerpt: ['Traceback (most recent call last):', 'KeyError: 7'],
  };

  beforeEach(() => {
    airflow = new FakeAirflow();
  });

  it('finds the first task that failed, and the error in the log of its last attempt', async () => {
    airflow.tasks = async () => [
      failed('later', { endedAt: '2026-11-24T02:09:00.000Z' }),
      failed('fine', { state: 'success', endedAt: '2026-11-24T01:00:00.000Z' }),
      failed('first', { mapIndex: 3, endedAt: '2026-11-24T02:01:00.000Z' }),
      failed('after', { state: 'upstream_failed', endedAt: null }),
    ];
    expect(await find()).toEqual({
      state: 'found',
      because: null,
      failure: { ...failure, taskId: 'first', mapIndex: 3 },
    });
    expect(airflow.askedLogs).toEqual(['first 3 2']);
  });

  it('names the task when its log cannot be read, which may be another time', async () => {
    airflow.taskLog = async function* broken() {
      throw refused;
    };
    expect(await find()).toEqual({
      state: 'unreadable',
      because: 'Its log: broken',
      failure: { ...failure, exception: null, excerpt: [] },
    });
  });

  it('does not take what is left of a log that broke off for all of it', async () => {
    const whole = airflow.taskLog.bind(airflow);
    airflow.taskLog = async function* brokenOff(task, tryNumber) {
      yield* whole(task, tryNumber);
      throw refused;
    };
    expect(await find()).toMatchObject({ state: 'unreadable', failure });
  });

  it('does not take an empty log for one that tells of no error', async () => {
    airflow.taskLog = async function* empty() {};
    expect(await find()).toMatchObject({
      state: 'unreadable',
      because: 'Its log is empty',
    });
    airflow.taskLog = async function* quiet() {
      yield {
        kind: 'line' as const,
        level: 'info' as const,
        time: null,
        source: null,
        text: 'all is well',
      };
    };
    expect(await find()).toMatchObject({
      state: 'none',
      because: 'Its log tells of no error',
    });
  });

  it('says so when no task failed, or when they cannot be read', async () => {
    airflow.tasks = async () => [];
    expect(await find()).toMatchObject({ state: 'none', failure: null });
    airflow.tasks = async () => {
      throw refused;
    };
    expect(await find()).toEqual({
      state: 'unreadable',
      failure: null,
      because: 'The tasks of the run: broken',
    });
  });

  it('does not wait for an Airflow that does not answer', async () => {
    const time = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
    airflow.tasks = () =>
      new Promise((_, reject) => {
        time.signal.addEventListener('abort', () => reject(time.signal.reason));
      });
    const finding = find();
    time.abort();
    expect((await finding).because).toBe(
      'The tasks of the run: it did not come within 30 seconds',
    );
    jest.restoreAllMocks();
  });
});
