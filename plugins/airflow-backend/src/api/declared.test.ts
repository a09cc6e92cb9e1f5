import {
  airflowEndpoints,
  type Endpoint,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { startPortal, type Portal } from '../__testUtils__/portal';
import { neededBy } from './declared';

/** What the path and the query of an endpoint are filled with. */
const values: Record<string, string> = {
  dagId: 'a',
  runId: 'r',
  taskId: 't',
  assetId: '1',
  backfillId: '1',
  alertId: 'x',
  deliveryId: 'x',
};
const queries: Record<string, string> = {
  listTaskCounts: '?runId=r',
  listTaskSummaries: '?runId=r',
  streamTaskLog: '?try=1',
  getTaskError: '?try=1',
  getXCom: '?key=k',
  getCalendar: '?from=2026-11-01&to=2026-11-30',
};
const span = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
const tasks = [{ taskId: 't', mapIndex: -1 }];
const bodies: Record<string, object> = {
  setDagPaused: { paused: true },
  setDagOwner: { owner: null },
  clearRun: { dryRun: false, reason: 'a test' },
  markRun: { state: 'failed' },
  markTasks: { state: 'failed', tasks, dryRun: false },
  setRunNote: { note: 'n' },
  setTaskNote: { note: 'n' },
  deleteDag: { confirm: 'another' },
  createBackfill: { ...span, dryRun: false },
  changeBackfill: { change: 'pause' },
  answerHumanInput: { options: ['o'] },
  acknowledgeAlerts: { ids: ['x'] },
  resolveAlerts: { ids: ['x'], reason: 'a test' },
};
const takeNoBody = ['testCluster', 'refreshCluster', 'resendDelivery'];

const endpoints = Object.values<Endpoint>(airflowEndpoints);

describe('what the contract declares', () => {
  let portal: Portal;
  let isDenied = (_: string) => false;

  beforeAll(async () => {
    portal = await startPortal({ denies: ({ name }) => isDenied(name) });
  });
  afterAll(() => portal.stop());

  async function send(
    { operationId, method, path }: Endpoint,
    { cluster = 'prod-eu', body = bodies[operationId] ?? {} } = {},
  ) {
    const before = portal.audited().length;
    const filled = path.replace(/:(\w+)/g, (_, name) =>
      name === 'cluster' ? cluster : values[name],
    );
    const asked = `${filled}${queries[operationId] ?? ''}`;
    const answer = await {
      GET: () => portal.get(asked),
      POST: () =>
        portal.post(asked, takeNoBody.includes(operationId) ? undefined : body),
      PATCH: () => portal.patch(asked, body),
    }[method]();
    return { answer, audited: portal.audited().slice(before) };
  }
  const events = (audited: { eventId: string; status: string }[]) =>
    audited.map(({ eventId, status }) => `${eventId} ${status}`);
  /** What is written of an action for the bodies above. */
  const failed = ({ writes }: Endpoint) =>
    writes ? [`${writes.events[0]} failed`] : [];

  it.each(
    endpoints.flatMap(endpoint =>
      neededBy(endpoint).map(
        needed => [endpoint.operationId, needed, endpoint] as const,
      ),
    ),
  )('%s is refused without %s', async (_, needed, endpoint) => {
    isDenied = name => name === needed;
    const { answer, audited } = await send(endpoint);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'not-allowed' });
    expect(answer.body.detail).toContain(needed);
    expect(events(audited)).toEqual(failed(endpoint));
  });

  it.each(endpoints.map(endpoint => [endpoint.operationId, endpoint] as const))(
    '%s needs nothing else',
    async (_, endpoint) => {
      const needed = neededBy(endpoint);
      isDenied = name => !needed.includes(name);
      const { answer } = await send(endpoint);
      expect(answer.status).not.toBe(403);
    },
  );

  const writing = endpoints.flatMap(endpoint =>
    endpoint.writes?.to === 'airflow'
      ? [[endpoint.operationId, endpoint] as const]
      : [],
  );

  it.each(writing)(
    '%s leaves a read-only cluster alone',
    async (_, endpoint) => {
      isDenied = () => false;
      const { answer, audited } = await send(endpoint, { cluster: 'research' });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({
        code: 'read-only',
        cluster: 'research',
      });
      expect(events(audited)).toEqual(failed(endpoint));
    },
  );

  it.each(['clearRun', 'markTasks', 'createBackfill'] as const)(
    '%s is not written down as a dry run, and leaves a read-only cluster alone all the same',
    async operationId => {
      isDenied = () => false;
      const { answer, audited } = await send(airflowEndpoints[operationId], {
        cluster: 'research',
        body: { ...bodies[operationId], dryRun: true },
      });
      expect(answer.body).toMatchObject({ code: 'read-only' });
      expect(audited).toEqual([]);
    },
  );

  it('writes down which of several events it was', async () => {
    isDenied = () => true;
    const sent = [
      [airflowEndpoints.setDagPaused, { paused: false }],
      [airflowEndpoints.changeBackfill, { change: 'cancel' }],
    ] as const;
    const told = [];
    for (const [endpoint, body] of sent) {
      const { audited } = await send(endpoint, { body });
      told.push(...events(audited));
    }
    expect(told).toEqual(['dag-unpause failed', 'backfill-cancel failed']);
  });
});
