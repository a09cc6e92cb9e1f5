import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';

const { getTaskError, listRuns, listTaskInstances, streamTaskLog } =
  airflowEndpoints;

/** DAGs of the demo whose newest failure is a refused connection to a database. */
const failing = [
  ['prod-eu', 'load_orders'],
  ['prod-us', 'orders_replica_us'],
] as const;

const message = 'RuntimeError: could not read source table for extract';
const root =
  "ConnectionRefusedError: [Errno 111] Connection refused: could not connect to server 'db-1:5432'";

describe('what a task failed with', () => {
  let portal: Portal;
  let denied = '';

  beforeAll(async () => {
    portal = await startPortal({ denies: ({ name }) => name === denied });
    for (const [cluster] of failing) {
      await portal.refresh(cluster).expect(200);
    }
  });
  afterAll(() => portal.stop());
  afterEach(() => {
    denied = '';
    portal.sandbox.clearFaults();
  });

  /** Failed attempts of a DAG, the newest first. */
  const failedAttempts = async (cluster: string, dagId: string) => {
    const { body } = await portal
      .get(`/runs?cluster=${cluster}&dagId=${dagId}&state=failed&limit=3`)
      .expect(200);
    const { items } = listRuns.response.parse(body);
    return Promise.all(
      items.map(async ({ runId }) => {
        const run = `/clusters/${cluster}/dags/${dagId}/runs/${encodeURIComponent(
          runId,
        )}`;
        const tasks = await portal.get(`${run}/tasks`).expect(200);
        const failed = listTaskInstances.response
          .parse(tasks.body)
          .items.find(({ state }) => state === 'failed');
        const { taskId, tryNumber } = failed ?? { taskId: '', tryNumber: 0 };
        return { task: `${run}/tasks/${taskId}`, tryNumber };
      }),
    );
  };
  const errorAt = async (task: string, tryNumber: number) => {
    const { body } = await portal
      .get(`${task}/error?try=${tryNumber}`)
      .expect(200);
    return getTaskError.response.parse(body);
  };
  const logAt = async (task: string, tryNumber: number) => {
    const { text } = await portal
      .get(`${task}/log?try=${tryNumber}`)
      .buffer(true)
      .parse((stream, done) => {
        let all = '';
        stream.on('data', chunk => {
          all += chunk;
        });
        stream.on('end', () => done(null, all));
      })
      .expect(200)
      .then(({ body }) => ({ text: String(body) }));
    return text
      .trim()
      .split('\n')
      .map((line): LogEntry => streamTaskLog.response.parse(JSON.parse(line)));
  };

  it.each(failing)(
    'of %s is the exception, with the place of its line in the log',
    async (cluster, dagId) => {
      const [{ task, tryNumber }] = await failedAttempts(cluster, dagId);
      const error = await errorAt(task, tryNumber);
      expect(error).toMatchObject({
        exception: `${message} (caused by ${root})`,
        isWhole: true,
      });
      expect(error.excerpt).toContain('Traceback (most recent call last):');
      const log = await logAt(task, tryNumber);
      expect(log[(error.line ?? 0) - 1]).toMatchObject({ text: message });
    },
  );

  it.each(failing)(
    'of %s is read once for all viewers',
    async (cluster, dagId) => {
      const [, { task, tryNumber }] = await failedAttempts(cluster, dagId);
      portal.sandbox.resetRequests();
      await Promise.all(
        Array.from({ length: 10 }, () => errorAt(task, tryNumber)),
      );
      await errorAt(task, tryNumber);
      expect(portal.sandbox.requests().total).toBe(1);
    },
  );

  it.each(failing)(
    'of %s is told as far as the log can be read',
    async (cluster, dagId) => {
      const [, , { task, tryNumber }] = await failedAttempts(cluster, dagId);
      portal.sandbox.addFault({ cluster, path: '/logs/', kind: 'truncate' });
      expect(await errorAt(task, tryNumber)).toMatchObject({ isWhole: false });
    },
  );

  it('is kept from those who may not read logs', async () => {
    const [{ task }] = await failedAttempts(...failing[0]);
    denied = 'airflow.dag.log.read';
    const { body } = await portal.get(`${task}/error?try=1`).expect(403);
    expect(body).toMatchObject({ code: 'not-allowed' });
  });

  it('says when there is no such task', async () => {
    const [{ task }] = await failedAttempts(...failing[1]);
    const { body } = await portal.get(`${task}_not/error?try=1`).expect(404);
    expect(body).toMatchObject({ code: 'not-found', field: 'taskId' });
  });
});
