import type { Severity } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AlertFilter, AlertSort, Stores } from '..';
import type { StoredAlert } from '../../model/storedAlerts';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aScope } from '../../__testUtils__/rows';
import { masked } from '../../masked';
import { isPostgres } from '../kit/dialect';
import { addDeliveryEvents } from './alertEvents';

const databases = testDatabases();
const scope = aScope('prod', 'staging');
const at = (time: string) => `2026-11-24T${time}:00.000Z`;

function stored(
  id: string,
  overrides: Partial<StoredAlert> & { cluster?: string; dagId?: string } = {},
): StoredAlert {
  const { cluster = 'prod', dagId = id, ...others } = overrides;
  return {
    id,
    fingerprint: `run-failed ${id}`,
    occurrence: 'run 1',
    rule: 'run-failed',
    ruleType: 'run-failed',
    severity: 'warning',
    status: 'firing',
    subject: { kind: 'dag', cluster, dagId },
    title: masked(`${dagId} failed`),
    observed: masked('Run 1 failed'),
    expected: 'The newest finished run succeeded',
    since: at('10:00'),
    noticedAt: at('10:01'),
    firedAt: at('10:01'),
    lastSeenAt: at('11:00'),
    factsReadAt: at('11:00'),
    runId: 'run 1',
    owner: null,
    failure: null,
    explanation: null,
    acknowledged: null,
    resolution: null,
    inhibitedBy: null,
    reopened: 0,
    oldNews: false,
    notified: others.resolution ? 'nothing' : 'fires',
    openings: [at('10:01')],
    flapping: null,
    dagPresence: null,
    ...others,
  };
}

const proven = (time: string): Partial<StoredAlert> => ({
  status: 'resolved',
  resolution: { kind: 'proof', at: at(time), text: 'It ran', runId: 'run 2' },
});
const ownedBy = (ref: string): Partial<StoredAlert> => ({
  owner: { ref, source: 'tag', by: 'team' },
});
const takenBy = (by: string): Partial<StoredAlert> => ({
  status: 'acknowledged',
  acknowledged: { by, at: at('10:30'), note: null },
});

describe.each(databases.eachSupportedId())('AlertStore on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, id));
  });

  const save = (...alerts: StoredAlert[]) =>
    stores.alerts.transaction(trx =>
      stores.alerts.apply(trx, { alerts, events: [] }),
    );
  const list = async (
    filter: AlertFilter = {},
    sort?: AlertSort,
    readable = scope,
  ) => {
    const { items } = await stores.alerts.list({
      scope: readable,
      filter,
      sort,
      page: { limit: 250 },
    });
    return items.map(alert => alert.id);
  };

  it('gives back what was stored', async () => {
    const alert = stored('a', {
      ...ownedBy('group:default/data'),
      ...takenBy('user:default/ann'),
      failure: {
        runId: 'run 1',
        taskId: 'load',
        mapIndex: -1,
        tryNumber: 2,
        exception: masked('ValueError: no rows'),
        excerpt: [masked('ValueError: no rows')],
      },
      inhibitedBy: 'b',
      reopened: 1,
    });
    const {
      fingerprint,
      occurrence,
      notified: lastTold,
      openings,
      dagPresence,
      ...shown
    } = alert;
    await save(alert);
    expect(await stores.alerts.get(scope, 'a')).toEqual(shown);
    const [locked] = await stores.alerts.transaction(trx =>
      stores.alerts.lock(trx, scope, ['a', 'none']),
    );
    expect(locked).toEqual(alert);
    const again = {
      ...alert,
      ...proven('12:00'),
      notified: 'nothing' as const,
    };
    await save(again);
    expect(
      await stores.alerts.readForDecision('prod', {
        fingerprints: [fingerprint],
        resolvedSince: new Date(at('13:00')),
      }),
    ).toEqual([again]);
  });

  it('hides clusters outside the scope everywhere', async () => {
    await save(
      stored('mine', { inhibitedBy: 'cause' }),
      stored('other', { cluster: 'secret', inhibitedBy: 'cause' }),
    );
    expect(await list()).toEqual(['mine']);
    expect(await stores.alerts.get(scope, 'other')).toBeUndefined();
    const inhibited = await stores.alerts.inhibitedBy(scope, 'cause');
    expect(inhibited.map(alert => alert.id)).toEqual(['mine']);
    expect(await stores.alerts.countOpenByRule(scope)).toEqual(
      new Map([['run-failed', 1]]),
    );
    const facets = await stores.alerts.facets({ scope, filter: {} });
    expect(facets.cluster).toEqual([{ value: 'prod', count: 1 }]);
    const locked = await stores.alerts.transaction(trx =>
      stores.alerts.lock(trx, scope, ['other']),
    );
    expect(locked).toEqual([]);
  });

  describe('with alerts of every kind', () => {
    beforeEach(() =>
      save(
        stored('a', {
          severity: 'info',
          since: at('08:00'),
          firedAt: at('08:01'),
          ...ownedBy('group:default/data'),
        }),
        stored('b', {
          severity: 'critical',
          since: at('09:00'),
          firedAt: at('09:01'),
          ruleType: 'failures-in-a-row',
          title: masked('load 100% keeps failing'),
          ...ownedBy('user:default/ann'),
        }),
        stored('c', {
          ...takenBy('user:default/ann'),
          since: at('07:00'),
          firedAt: at('07:01'),
        }),
        stored('d', { status: 'pending', firedAt: null, cluster: 'staging' }),
        stored('e', { ...proven('11:00') }),
      ),
    );

    it.each<[string, AlertFilter, string[]]>([
      ['nothing: open ones, newest first', {}, ['d', 'b', 'a', 'c']],
      ['status', { status: ['resolved', 'pending'] }, ['e', 'd']],
      ['severity', { severity: ['info', 'critical'] }, ['b', 'a']],
      ['cluster', { cluster: ['staging'] }, ['d']],
      ['environment', { environment: ['staging'] }, ['d']],
      ['kind of rule', { ruleType: ['failures-in-a-row'] }, ['b']],
      ['DAG', { dagId: ['a', 'e'] }, ['a']],
      ['text of the title', { text: ' 100% KEEPS ' }, ['b']],
      ['who owns or has it', { owners: ['user:default/ann'] }, ['b', 'c']],
      [
        'the groups of who asks',
        { owners: ['user:default/eve', 'group:default/data'] },
        ['a'],
      ],
    ])('filters by %s', async (_what, filter, expected) => {
      expect(await list(filter)).toEqual(expected);
    });

    it.each<[AlertSort, string[]]>([
      ['severity', ['b', 'd', 'c', 'a']],
      ['-severity', ['a', 'c', 'd', 'b']],
      ['firedAt', ['c', 'a', 'b', 'd']],
      ['-firedAt', ['d', 'b', 'a', 'c']],
      ['since', ['c', 'a', 'b', 'd']],
      ['-since', ['d', 'b', 'a', 'c']],
    ])('sorts by %s', async (sort, expected) => {
      expect(await list({}, sort)).toEqual(expected);
    });

    it('counts by facet with the other filters kept', async () => {
      const filter = { severity: ['warning' as Severity] };
      const facets = await stores.alerts.facets({ scope, filter });
      expect(facets.status).toEqual([
        { value: 'acknowledged', count: 1 },
        { value: 'pending', count: 1 },
        { value: 'resolved', count: 1 },
      ]);
      expect(facets.severity).toEqual([
        { value: 'warning', count: 2 },
        { value: 'critical', count: 1 },
        { value: 'info', count: 1 },
      ]);
      expect(facets.environment).toEqual([
        { value: 'production', count: 1 },
        { value: 'staging', count: 1 },
      ]);
    });
  });

  it('pages without loss or repetition when many began at once', async () => {
    const all = Array.from({ length: 23 }, (_, i) => stored(`alert ${i}`));
    await save(...all);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await stores.alerts.list({
        scope,
        filter: {},
        page: { limit: 4, cursor },
      });
      expect(page.total).toBe(23);
      seen.push(...page.items.map(alert => alert.id));
      cursor = page.nextCursor;
    }
    expect([...seen].sort()).toEqual(all.map(alert => alert.id).sort());
  });

  it('takes for the news of what was old when the portal began when that began', async () => {
    const old = { since: at('01:00'), firedAt: at('11:00') };
    await save(
      stored('old', { ...old, oldNews: true }),
      stored('fired', { ...old, since: at('00:30') }),
      stored('before', { firedAt: at('09:00') }),
    );
    expect(await list()).toEqual(['fired', 'before', 'old']);
  });

  it('sorts from an index, newest first and worst first', async () => {
    await save(...Array.from({ length: 50 }, (_, i) => stored(`alert ${i}`)));
    await db.raw('analyze');
    for (const sort of ['-firedAt', 'severity'] as const) {
      const asked: string[] = [];
      const listen = (question: Knex.QueryBuilder) => {
        asked.push(question.toQuery());
      };
      db.on('start', listen);
      await list({ status: ['firing'] }, sort);
      db.removeListener('start', listen);
      const [page] = asked;
      const onPostgres = isPostgres(db);
      const plan = await db.transaction(async trx => {
        if (onPostgres) await trx.raw('set local enable_seqscan = off');
        if (onPostgres) await trx.raw('set local enable_sort = off');
        const prefix = onPostgres ? 'explain' : 'explain query plan';
        return JSON.stringify(await trx.raw(`${prefix} ${page}`));
      });
      expect(plan).toMatch(/airflow_alerts_(news|urgency)/);
      expect(plan).not.toMatch(/TEMP B-TREE|"Sort/);
    }
  });

  it('never holds two open alerts of one fingerprint', async () => {
    await save(stored('a', proven('09:00')), stored('b'));
    const twin = { ...stored('c'), fingerprint: stored('b').fingerprint };
    await expect(save(twin)).rejects.toThrow(/unique|duplicate/i);
    await save({ ...twin, ...proven('12:00') });
  });

  it('keeps the timeline in order, each event once', async () => {
    const alert = stored('a');
    const events = (['noticed', 'fired', 'inhibited'] as const).map(kind => ({
      alertId: 'a',
      at: at('10:00'),
      kind,
      by: null,
      text: masked(kind),
    }));
    const taken = {
      alertId: 'a',
      at: at('09:59'),
      kind: 'acknowledged' as const,
      by: 'user:default/ann',
      text: masked('Taken'),
    };
    const apply = () =>
      stores.alerts.transaction(trx =>
        stores.alerts.apply(trx, {
          alerts: [alert],
          events: [...events, taken],
        }),
      );
    await apply();
    await apply();
    const timeline = await stores.alerts.timeline('a');
    expect(timeline.map(({ kind }) => kind)).toEqual([
      'acknowledged',
      'noticed',
      'fired',
      'inhibited',
    ]);
    expect(timeline[0].by).toBe('user:default/ann');
  });

  it('reads for a decision what is open, what was just resolved, and the newest of each fingerprint', async () => {
    const old = stored('old', proven('08:00'));
    const older = {
      ...stored('older', proven('07:00')),
      fingerprint: old.fingerprint,
    };
    await save(
      stored('open'),
      stored('just', proven('11:50')),
      older,
      old,
      stored('past', proven('06:00')),
      stored('elsewhere', { cluster: 'staging' }),
    );
    const read = await stores.alerts.readForDecision('prod', {
      fingerprints: [old.fingerprint, 'unknown'],
      resolvedSince: new Date(at('11:30')),
    });
    expect(read.map(alert => alert.id).sort()).toEqual(['just', 'old', 'open']);
  });

  it('lets nobody decide on facts that were read before the last decision', async () => {
    const begin = (last: number | null, time: string) =>
      stores.alerts.transaction(trx =>
        stores.alerts.beginEvaluation(trx, 'prod', {
          last,
          now: new Date(at(time)),
        }),
      );
    const never = await stores.alerts.lastEvaluation('prod');
    expect(never).toBeNull();
    expect(await begin(never, '10:00')).toBe(true);
    expect(await begin(never, '10:01')).toBe(false);
    const last = await stores.alerts.lastEvaluation('prod');
    // Clocks of replicas differ; who has seen the last decision goes on.
    expect(await begin(last, '09:59')).toBe(true);
    expect(await begin(last, '10:02')).toBe(false);
  });

  it('lets a sender write into the timeline while alerts are decided', async () => {
    const alert = stored('a');
    await save(alert);
    // SQLite has one writer at a time anyway.
    if (!isPostgres(db)) return;
    await stores.alerts.transaction(async trx => {
      const past = { fingerprints: [], resolvedSince: new Date(at('11:00')) };
      await stores.alerts.lockForDecision(trx, 'prod', past);
      const seen = { ...alert, lastSeenAt: at('12:00') };
      await stores.alerts.apply(trx, { alerts: [seen], events: [] });
      await db.transaction(async sender => {
        await sender.raw("set local lock_timeout = '2s'");
        await addDeliveryEvents(sender, [
          { alertId: 'a', at: at('12:00'), kind: 'sent', by: null, text: '' },
        ]);
      });
    });
    expect(await stores.alerts.timeline('a')).toHaveLength(1);
  });

  it('forgets alerts that were resolved long ago, with their timelines', async () => {
    await save(stored('old', proven('08:00')), stored('new', proven('11:00')));
    await stores.alerts.transaction(trx =>
      stores.alerts.apply(trx, {
        alerts: [],
        events: [
          {
            alertId: 'old',
            at: at('08:00'),
            kind: 'resolved',
            by: null,
            text: masked(''),
          },
        ],
      }),
    );
    await save(stored('open', { since: at('01:00') }));
    expect(await stores.alerts.removeBefore(new Date(at('09:00')))).toBe(1);
    expect(await list({ status: ['resolved', 'firing'] })).toEqual([
      'open',
      'new',
    ]);
    expect(await db('airflow_alert_events')).toEqual([]);
  });
});
