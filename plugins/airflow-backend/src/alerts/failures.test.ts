import type {
  LogEntry,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { mockServices } from '@backstage/backend-test-utils';
import { aFinding, anAlertOf } from '../__testUtils__/alerts';
import {
  AirflowError,
  type CallOptions,
  type TaskInstanceRef,
} from '../airflow';
import { FailureReader } from './failures';
import type { Finding } from './types';

function aTask(taskId: string, overrides: Partial<TaskInstance> = {}) {
  const task: TaskInstance = {
    dagId: 'load_orders',
    runId: 'run 1',
    taskId,
    mapIndex: -1,
    displayName: taskId,
    mapLabel: null,
    state: 'failed',
    tryNumber: 2,
    maxTries: 2,
    operator: null,
    pool: null,
    queue: null,
    hostname: null,
    queuedAt: null,
    startedAt: null,
    endedAt: '2026-11-24T02:00:00.000Z',
    durationMs: null,
    note: null,
  };
  return { ...task, ...overrides };
}

/** An Airflow that has these tasks in every run, and whose logs end in an error. */
class FakeAirflow {
  readonly cluster = 'prod-eu';
  readonly askedRuns: string[] = [];
  readonly askedLogs: string[] = [];
  tasks: () => Promise<TaskInstance[]> = async () => [aTask('load')];

  async *taskInstances(_dagId: string, runId: string, _call?: CallOptions) {
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

const logger = mockServices.logger.mock();
const refused = new AirflowError({
  code: 'server-error',
  cluster: 'prod-eu',
  message: 'broken',
  hint: 'mend it',
  attempted: 'GET /',
});

const found = (nr: number): Finding =>
  aFinding({
    fingerprint: `run-failed/${nr}`,
    occurrence: `run ${nr}`,
    runId: `run ${nr}`,
  });

describe('FailureReader', () => {
  let airflow: FakeAirflow;
  let reader: FailureReader;

  beforeEach(() => {
    airflow = new FakeAirflow();
    reader = new FailureReader(logger);
  });

  it('finds the first task that failed, and the error in the log of its last attempt', async () => {
    airflow.tasks = async () => [
      aTask('later', { endedAt: '2026-11-24T02:09:00.000Z' }),
      aTask('fine', { state: 'success', endedAt: '2026-11-24T01:00:00.000Z' }),
      aTask('first', { mapIndex: 3, endedAt: '2026-11-24T02:01:00.000Z' }),
      aTask('after', { state: 'upstream_failed', endedAt: null }),
    ];
    const failures = await reader.read(airflow, [found(1)], []);
    expect(failures.get('run-failed/1')).toEqual({
      runId: 'run 1',
      taskId: 'first',
      mapIndex: 3,
      tryNumber: 2,
      exception: 'KeyError: 7',
      excerpt: ['Traceback (most recent call last):', 'KeyError: 7'],
    });
    expect(airflow.askedLogs).toEqual(['first 3 2']);
  });

  it('asks once for a run that several rules found', async () => {
    const other = { ...found(1), fingerprint: 'failures-in-a-row/1' };
    const failures = await reader.read(airflow, [found(1), other], []);
    expect([...failures.keys()]).toEqual([
      'run-failed/1',
      'failures-in-a-row/1',
    ]);
    expect(airflow.askedRuns).toEqual(['run 1']);
  });

  it('asks nothing about what is explained, or is about no run that failed', async () => {
    const known = anAlertOf(found(1), {
      failure: {
        runId: 'run 1',
        taskId: 'load',
        mapIndex: -1,
        tryNumber: 1,
        exception: null,
        excerpt: [],
      },
    });
    const missed = { ...found(2), runId: null };
    const failures = await reader.read(airflow, [found(1), missed], [known]);
    expect(failures.size).toBe(0);
    expect(airflow.askedRuns).toEqual([]);
  });

  it('looks into ten runs at a time', async () => {
    const findings = Array.from({ length: 15 }, (_, i) => found(i));
    const first = await reader.read(airflow, findings, []);
    expect(first.size).toBe(10);
    const open = findings.map(finding =>
      anAlertOf(finding, {
        failure: first.get(finding.fingerprint) ?? null,
      }),
    );
    const second = await reader.read(airflow, findings, open);
    expect(second.size).toBe(5);
    expect(new Set(airflow.askedRuns).size).toBe(15);
  });

  it('names the task when its log cannot be read', async () => {
    airflow.taskLog = async function* broken() {
      throw refused;
    };
    const failures = await reader.read(airflow, [found(1)], []);
    expect(failures.get('run-failed/1')).toMatchObject({
      taskId: 'load',
      exception: null,
      excerpt: [],
    });
  });

  it('gives up on a run after three tries', async () => {
    airflow.tasks = async () => {
      throw refused;
    };
    for (let i = 0; i < 5; i += 1) {
      const failures = await reader.read(airflow, [found(1)], []);
      expect(failures.size).toBe(0);
    }
    expect(airflow.askedRuns).toHaveLength(3);
  });

  it('does not wait for an Airflow that does not answer', async () => {
    const time = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
    airflow.tasks = () =>
      new Promise((_, reject) => {
        time.signal.addEventListener('abort', () => reject(time.signal.reason));
      });
    const reading = reader.read(airflow, [found(1)], []);
    time.abort();
    expect((await reading).size).toBe(0);
    jest.restoreAllMocks();
  });
});
