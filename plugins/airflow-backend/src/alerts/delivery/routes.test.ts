import type { Route } from '../../config';
import type { EarlierDelivery } from '../../store';
import { planNotice } from './DeliveryPlanner';
import { deliveryKey, wantedDeliveries, type RoutedAlert } from './routes';

const payments = {
  ref: 'group:default/payments',
  source: 'tag',
  by: 'team:payments',
} as const;

const alert: RoutedAlert = {
  id: 'a1',
  severity: 'critical',
  ruleType: 'run-failed',
  subject: { kind: 'dag', cluster: 'prod-eu', dagId: 'load_orders' },
  owner: payments,
  reopened: 0,
  oldNews: false,
  inhibitedBy: null,
  explanation: null,
};

const routed = (routes: Partial<Route>[]) => ({
  routes: routes.map(route => ({
    match: {},
    channels: ['notifications'],
    to: ['owner'],
    ...route,
  })),
  hasRecipients: (channel: string) => channel === 'notifications',
  environmentOf: (cluster: string) =>
    cluster === 'prod-eu' ? 'production' : null,
});

const told = (about: RoutedAlert, routes: Partial<Route>[]) =>
  wantedDeliveries(about, routed(routes)).deliveries.map(
    ({ channel, recipient }) => `${channel} ${recipient ?? '–'}`,
  );

describe('wantedDeliveries', () => {
  it.each<[string, Partial<Route>[], string[]]>([
    ['the owner', [{}], ['notifications group:default/payments']],
    [
      'whom the route names, and the owner',
      [{ to: ['user:default/grace', 'owner'] }],
      [
        'notifications user:default/grace',
        'notifications group:default/payments',
      ],
    ],
    [
      'a channel that knows its recipient once, whomever the route names',
      [{ channels: ['pager'], to: ['owner', 'user:default/grace'] }],
      ['pager –'],
    ],
    [
      'every channel of a route',
      [{ channels: ['notifications', 'pager'] }],
      ['notifications group:default/payments', 'pager –'],
    ],
    [
      'once who is reached by two routes',
      [{}, { to: ['group:default/payments'] }],
      ['notifications group:default/payments'],
    ],
    [
      'by every route that fits',
      [{}, { channels: ['pager'] }],
      ['notifications group:default/payments', 'pager –'],
    ],
  ])('tells %s', (_whom, routes, expected) => {
    expect(told(alert, routes)).toEqual(expected);
  });

  it.each<[string, Route['match'], boolean]>([
    ['nothing', {}, true],
    ['its severity', { severities: ['warning', 'critical'] }, true],
    ['another severity', { severities: ['warning'] }, false],
    ['its cluster', { clusters: ['prod-eu'] }, true],
    ['another cluster', { clusters: ['prod-us'] }, false],
    ['its environment', { environments: ['production'] }, true],
    ['another environment', { environments: ['staging'] }, false],
    ['its rule type', { ruleTypes: ['run-failed'] }, true],
    ['another rule type', { ruleTypes: ['import-error'] }, false],
    [
      'its severity and another cluster',
      { severities: ['critical'], clusters: ['prod-us'] },
      false,
    ],
  ])('with a route that asks for %s', (_what, match, fits) => {
    expect(told(alert, [{ match }])).toHaveLength(fits ? 1 : 0);
  });

  it('fits no route of an environment for a cluster without one', () => {
    const elsewhere: RoutedAlert = {
      ...alert,
      subject: { kind: 'cluster', cluster: 'lab' },
    };
    const match = { environments: ['production'] };
    expect(told(elsewhere, [{ match }])).toEqual([]);
  });

  it('says so when there is no owner, and tells the others', () => {
    const wanted = wantedDeliveries(
      { ...alert, owner: null },
      routed([{ to: ['owner', 'user:default/grace'] }]),
    );
    expect(wanted.deliveries.map(({ recipient }) => recipient)).toEqual([
      'user:default/grace',
    ]);
    expect(wanted.unreached).toEqual([
      'The owner is not told over notifications: neither the DAG nor its cluster has one',
    ]);
  });

  it('says so when no route fits', () => {
    expect(wantedDeliveries(alert, routed([])).unreached).toEqual([
      'Nobody is told: no route of airflow.alerts.routes fits',
    ]);
  });

  it('names a delivery anew only when the alert comes back', () => {
    const [first] = wantedDeliveries(alert, routed([{}])).deliveries;
    const [again] = wantedDeliveries(alert, routed([{}])).deliveries;
    const [back] = wantedDeliveries(
      { ...alert, reopened: 1 },
      routed([{}]),
    ).deliveries;
    expect(first.key).toBe('a1:0:fired:notifications:group:default/payments');
    expect(again.key).toBe(first.key);
    expect(back.key).not.toBe(first.key);
  });
});

describe('planNotice', () => {
  const earlier = (
    notice: 'fired' | 'resolved',
    state: Pick<EarlierDelivery, 'status' | 'isUnderWay'>,
    reopened = 0,
  ): EarlierDelivery => ({
    id: `${notice} ${reopened}`,
    key: deliveryKey(
      notice,
      { ...alert, reopened },
      { channel: 'pager', recipient: null },
    ),
    alertId: alert.id,
    notice,
    channel: 'pager',
    recipient: null,
    ...state,
  });
  const waiting = { status: 'waiting', isUnderWay: false } as const;
  const underWay = { status: 'waiting', isUnderWay: true } as const;
  const delivered = { status: 'sent', isUnderWay: false } as const;
  const dead = { status: 'dead', isUnderWay: false } as const;

  const plan = (
    notice: 'fired' | 'resolved',
    before: EarlierDelivery[],
    reopened = 0,
  ) => {
    const { deliveries, drop } = planNotice(
      notice,
      { ...alert, reopened },
      before,
      routed([{ channels: ['pager'] }]),
    );
    return {
      tells: deliveries.map(({ key }) => key),
      drops: drop.map(({ id }) => id),
    };
  };

  it.each<[string, EarlierDelivery[], { tells: string[]; drops: string[] }]>([
    [
      'tells whom it was told that it fires',
      [earlier('fired', delivered)],
      { tells: ['a1:0:resolved:pager:'], drops: [] },
    ],
    [
      'tells nobody, and nobody that it fired, when that still waits',
      [earlier('fired', waiting)],
      { tells: [], drops: ['fired 0'] },
    ],
    [
      'tells who may be hearing right now that it fires',
      [earlier('fired', underWay)],
      { tells: ['a1:0:resolved:pager:'], drops: [] },
    ],
    [
      'tells nobody who could not be told that it fires',
      [earlier('fired', dead)],
      { tells: [], drops: [] },
    ],
    [
      'tells nobody twice',
      [earlier('fired', delivered), earlier('resolved', delivered)],
      { tells: [], drops: [] },
    ],
    [
      'keeps what it has planned when it is planned again',
      [earlier('fired', delivered), earlier('resolved', waiting)],
      { tells: ['a1:0:resolved:pager:'], drops: [] },
    ],
  ])('of a resolution %s', (_what, before, expected) => {
    expect(plan('resolved', before)).toEqual(expected);
  });

  it('does not tell that it is resolved when it has come back', () => {
    expect(
      plan(
        'fired',
        [earlier('fired', delivered), earlier('resolved', waiting)],
        1,
      ),
    ).toEqual({ tells: ['a1:1:fired:pager:'], drops: ['resolved 0'] });
  });

  it('tells who last heard that it fires, though later news never arrived', () => {
    const before = [
      earlier('fired', delivered),
      earlier('resolved', { ...waiting, status: 'dropped' }),
      earlier('fired', waiting, 1),
    ];
    expect(plan('resolved', before, 1)).toEqual({
      tells: ['a1:1:resolved:pager:'],
      drops: ['fired 1'],
    });
  });
});
