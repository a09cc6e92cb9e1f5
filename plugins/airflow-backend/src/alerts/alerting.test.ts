import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { startPortal, type Portal } from '../__testUtils__/portal';

const databases = testDatabases();
const clusters = ['prod-eu', 'prod-us'];

const { listAlerts, getAlert, listAlertFacets, listAlertRules, listDags } =
  airflowEndpoints;

const rules = [
  {
    name: 'cluster-unreachable',
    type: 'cluster-unreachable',
    for: { seconds: 0 },
  },
  { name: 'any-failure', type: 'run-failed' },
  { name: 'many-failures', type: 'failures-in-a-row', count: 99 },
];

/** Does in Airflow itself what somebody does who knows that all is well after all. */
async function markSuccessful(portal: Portal, alert: Alert): Promise<void> {
  const { subject, runId } = alert;
  if (subject.kind !== 'dag' || runId === null) throw new Error('of no run');
  const base = `${portal.sandbox.url}/${subject.cluster}`;
  const json = { 'content-type': 'application/json' };
  const admin = { username: 'admin', password: 'admin' };
  const isSecond = subject.cluster === 'prod-eu';
  const signIn = async () => {
    const answer = await fetch(`${base}/auth/token`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(admin),
    });
    return `Bearer ${(await answer.json()).access_token}`;
  };
  const authorization = isSecond
    ? `Basic ${Buffer.from('admin:admin').toString('base64')}`
    : await signIn();
  const path = `dags/${encodeURIComponent(
    subject.dagId,
  )}/dagRuns/${encodeURIComponent(runId)}`;
  const answer = await fetch(`${base}/api/${isSecond ? 'v1' : 'v2'}/${path}`, {
    method: 'PATCH',
    headers: { ...json, authorization },
    body: JSON.stringify({ state: 'success' }),
  });
  expect(answer.status).toBe(200);
}

describe.each(databases.eachSupportedId())('alerting on %s', id => {
  let db: Knex;
  let portal: Portal;
  const signals: { channel: string; message: JsonObject }[] = [];

  beforeEach(async () => {
    signals.length = 0;
    db = await databases.init(id);
    portal = await startPortal({
      db,
      config: { history: { days: 1 }, alerts: { rules } },
      features: [
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({
            publish: async signal => {
              signals.push(signal);
            },
          }),
        }),
      ],
    });
    for (const name of clusters) await portal.refresh(name).expect(200);
  });
  afterEach(() => portal.stop());

  const list = async (query = '') => {
    const { body } = await portal.get(`/alerts?limit=250${query}`).expect(200);
    return listAlerts.response.parse(body).items;
  };
  const get = async (alertId: string) => {
    const { body } = await portal.get(`/alerts/${alertId}`).expect(200);
    return getAlert.response.parse(body);
  };
  const failureOf = async (cluster: string) => {
    const [alert] = await list(`&ruleType=run-failed&cluster=${cluster}`);
    return alert;
  };

  it('has one alert for each DAG whose newest finished run failed', async () => {
    const { body } = await portal
      .get('/dags?lastRunState=failed&cluster=prod-eu&cluster=prod-us')
      .expect(200);
    const failing = listDags.response.parse(body).items;
    const alerts = await list('&ruleType=run-failed');
    const names = alerts.map(({ subject }) => JSON.stringify(subject));
    expect(new Set(names).size).toBe(names.length);
    for (const { cluster, dagId } of failing) {
      expect(names).toContain(JSON.stringify({ kind: 'dag', cluster, dagId }));
    }
    expect(signals).toContainEqual(
      expect.objectContaining({
        channel: 'airflow',
        recipients: { type: 'broadcast' },
        // Not which: not everybody may know.
        message: { kind: 'alerts' },
      }),
    );
  });

  it.each(clusters)(
    'explains a failure on %s by the first task that failed and the error in its log',
    async cluster => {
      await portal.run('airflow-alert-explanations');
      const alert = await failureOf(cluster);
      expect(alert.explanation).toMatchObject({ state: 'found', nextAt: null });
      expect(alert.failure).toMatchObject({
        runId: alert.runId,
        taskId: expect.any(String),
        exception: expect.stringMatching(/^[\w.]*(Error|Exception)\b/),
      });
      const excerpt = alert.failure?.excerpt ?? [];
      expect(excerpt).toContain('Traceback (most recent call last):');
      const [raised] = alert.failure?.exception?.split(' (caused by ') ?? [];
      expect(excerpt).toContain(raised);
      expect(excerpt.length).toBeLessThanOrEqual(40);
    },
  );

  it('looks for the error of a log that was too slow until it has it', async () => {
    const isLooking = async () => {
      await portal.run('airflow-alert-explanations');
      const { failure, explanation } = await failureOf('prod-us');
      return explanation?.state === 'looking' ? explanation : failure;
    };
    // What the readings had looked for is found by then, and not after this has been forgotten.
    await portal.run('airflow-alert-explanations');
    await db('airflow_alerts').update({
      failure: null,
      explain_at: 0,
      explanation: JSON.stringify({
        state: 'looking',
        tries: 0,
        nextAt: null,
        because: null,
      }),
    });
    portal.sandbox.addFault({
      cluster: 'prod-us',
      kind: 'forbidden',
      path: 'logs',
    });
    expect(await isLooking()).toMatchObject({
      tries: 1,
      because: expect.stringContaining('Its log: '),
      nextAt: expect.any(String),
    });
    portal.sandbox.clearFaults();
    await db('airflow_alerts')
      .whereNotNull('explain_at')
      .update({ explain_at: 0 });
    expect(await isLooking()).toMatchObject({
      exception: expect.stringMatching(/^[\w.]*(Error|Exception)\b/),
    });
  });

  it('changes nothing when all is read again, and tells nobody', async () => {
    await portal.run('airflow-alert-explanations');
    const before = await failureOf('prod-us');
    const { timeline } = await get(before.id);
    signals.length = 0;
    await portal.refresh('prod-us').expect(200);
    await portal.run('airflow-alerts');
    const after = await get(before.id);
    expect(after.alert).toEqual({
      ...before,
      lastSeenAt: expect.any(String),
      factsReadAt: expect.any(String),
    });
    expect(after.timeline.map(({ kind }) => kind)).toEqual(
      timeline.map(({ kind }) => kind),
    );
    expect(signals).toEqual([]);
  });

  it.each(clusters)(
    'is taken by a person, and resolved by the run on %s that succeeds after all',
    async cluster => {
      const { id: alertId } = await failureOf(cluster);
      const take = () =>
        portal.post('/alerts/acknowledge', {
          ids: [alertId, 'none'],
          note: 'on it',
        });
      const { body: taken } = await take().expect(200);
      expect(taken.items).toEqual([
        { id: alertId, outcome: 'done' },
        {
          id: 'none',
          outcome: 'refused',
          message: expect.stringContaining('none'),
        },
      ]);
      const { body: again } = await take().expect(200);
      expect(again.items[0]).toEqual({ id: alertId, outcome: 'unchanged' });
      const { alert } = await get(alertId);
      expect(alert).toMatchObject({
        status: 'acknowledged',
        acknowledged: { by: 'user:default/mock', note: 'on it' },
      });
      expect(portal.audited()).toContainEqual({
        eventId: 'alert-acknowledge',
        status: 'succeeded',
        meta: { alertIds: [alertId, 'none'], done: 1 },
      });

      await markSuccessful(portal, alert);
      await portal.refresh(cluster).expect(200);
      const over = await get(alertId);
      expect(over.alert).toMatchObject({
        status: 'resolved',
        resolution: { kind: 'proof', runId: alert.runId },
      });
      expect(over.timeline.map(({ kind, by }) => `${kind} ${by}`)).toEqual(
        expect.arrayContaining([
          'fired null',
          'acknowledged user:default/mock',
          'resolved null',
        ]),
      );
      const open = await list(`&cluster=${cluster}&ruleType=run-failed`);
      expect(open.map(({ id: openId }) => openId)).not.toContain(alertId);
    },
  );

  it('stays closed when a person closed it, until something new goes wrong', async () => {
    const { id: alertId } = await failureOf('prod-eu');
    await portal
      .post('/alerts/resolve', { ids: [alertId], reason: 'known and harmless' })
      .expect(200, { items: [{ id: alertId, outcome: 'done' }] });
    await portal.refresh('prod-eu').expect(200);
    const { alert } = await get(alertId);
    expect(alert).toMatchObject({
      status: 'resolved',
      resolution: {
        kind: 'by-hand',
        by: 'user:default/mock',
        reason: 'known and harmless',
      },
    });
    const open = await list('&cluster=prod-eu&ruleType=run-failed');
    expect(open.map(({ subject }) => subject)).not.toContainEqual(
      alert.subject,
    );
    await portal
      .post('/alerts/resolve', { ids: [alertId], reason: 'once more' })
      .expect(200, { items: [{ id: alertId, outcome: 'unchanged' }] });
    expect(portal.audited()).toContainEqual({
      eventId: 'alert-resolve',
      status: 'succeeded',
      meta: { alertIds: [alertId], reason: 'known and harmless', done: 1 },
    });
  });

  it('puts what a cluster that cannot be read hides under the cluster, and takes it back', async () => {
    const failure = await failureOf('prod-us');
    portal.sandbox.addFault({
      cluster: 'prod-us',
      kind: 'forbidden',
      path: 'health',
    });
    await portal.refresh('prod-us').expect(200);
    const [unreachable] = await list('&ruleType=cluster-unreachable');
    expect(unreachable).toMatchObject({
      status: 'firing',
      subject: { kind: 'cluster', cluster: 'prod-us' },
    });
    const { inhibits } = await get(unreachable.id);
    expect(inhibits.map(({ id: inhibited }) => inhibited)).toContain(
      failure.id,
    );
    const hidden = await get(failure.id);
    expect(hidden.cause?.id).toBe(unreachable.id);
    expect(hidden.alert.status).toBe('firing');

    portal.sandbox.clearFaults();
    await portal.refresh('prod-us').expect(200);
    await portal.refresh('prod-us').expect(200);
    expect((await get(unreachable.id)).alert.status).toBe('resolved');
    expect((await get(failure.id)).alert).toMatchObject({
      status: 'firing',
      inhibitedBy: null,
    });
  });

  it('counts by facet what its list shows', async () => {
    const { body } = await portal.get('/alert-facets').expect(200);
    const facets = listAlertFacets.response.parse(body);
    for (const { value, count } of facets.cluster) {
      expect(await list(`&cluster=${value}`)).toHaveLength(count);
    }
    for (const { value, count } of facets.ruleType) {
      expect(await list(`&ruleType=${value}`)).toHaveLength(count);
    }
    const answer = await portal.get('/alert-rules').expect(200);
    const inForce = listAlertRules.response.parse(answer.body).items;
    expect(inForce.map(({ name }) => name)).toEqual(
      rules.map(({ name }) => name),
    );
    const failures = await list('&ruleType=run-failed');
    expect(inForce[1].openAlerts).toBe(failures.length);
  });
});

describe.each(databases.eachSupportedId())('a reading, on %s', id => {
  it('counts as read although what follows of it fails', async () => {
    const db = await databases.init(id);
    const portal = await startPortal({ db, config: { history: { days: 1 } } });
    await db.schema.dropTable('airflow_alert_evaluations');
    const { body } = await portal.refresh('prod-us').expect(200);
    expect(body.collections).toHaveLength(3);
    const problems = body.collections.map(
      (collection: { problem: unknown }) => collection.problem,
    );
    expect(problems).toEqual([null, null, null]);
    await portal.stop();
  });
});
