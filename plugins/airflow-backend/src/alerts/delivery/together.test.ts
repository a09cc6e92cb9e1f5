import { anAlert, portalLinks } from '../../__testUtils__/toldAlerts';
import { masked } from '../../masked';
import type { MaskedAlert } from '../../model/storedAlerts';
import { composeDigest, composeMessage } from './compose';
import { dueAfter, groupOf, type Grouping } from './together';

const grouping: Grouping = {
  sendsTogether: channel => channel === 'notifications',
  waitMs: 10_000,
  intervalMs: 120_000,
};
const now = new Date('2026-11-24T03:00:00.000Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe('groupOf', () => {
  const to = { key: 'k', channel: 'notifications', recipient: 'group:a/b' };
  const alert = anAlert('a1', { severity: 'critical' });

  it.each([
    ['what fires, by severity', 'fired', alert, to, 'critical'],
    ['what is over, all of it', 'resolved', alert, to, 'resolved'],
    [
      'old news, all of it',
      'fired',
      { ...alert, oldNews: true },
      to,
      'first-reading',
    ],
  ] as const)('takes together %s', (_what, notice, about, whom, last) => {
    expect(groupOf(notice, about, whom, grouping)).toBe(
      `notifications group:a/b prod ${last}`,
    );
  });

  it('leaves every alert by itself where the receiver is a machine', () => {
    const pager = { key: 'k', channel: 'pager', recipient: null };
    expect(groupOf('fired', alert, pager, grouping)).toBeNull();
  });
});

describe('dueAfter', () => {
  it.each([
    ['a while after the first', undefined, 10],
    ['with those that wait', { dueAt: after(3), isOpen: true }, 3],
    ['not soon after the last ones', { dueAt: after(-5), isOpen: false }, 115],
    ['soon when those are long ago', { dueAt: after(-500), isOpen: false }, 10],
  ])('tells %s', (_when, last, seconds) => {
    expect(dueAfter(last, now, grouping)).toEqual(after(seconds));
  });

  it('tells fifty failures within five minutes in no more than four notices', () => {
    const notices = new Set<number>();
    let last: number | undefined;
    for (let i = 0; i < 50; i += 1) {
      const at = after(i * 6);
      const known =
        last === undefined
          ? undefined
          : {
              dueAt: new Date(last),
              isOpen: last > at.getTime(),
            };
      last = dueAfter(known, at, grouping).getTime();
      notices.add(last);
    }
    expect(notices.size).toBeLessThanOrEqual(4);
  });
});

describe('composeDigest', () => {
  const down = 'OperationalError: could not connect';
  const failing = (count: number, exception: string): MaskedAlert[] =>
    Array.from({ length: count }, (_, i) =>
      anAlert(`a${i}`, {
        title: masked(`dag_${i} failed`),
        failure: {
          runId: 'run 1',
          taskId: 'load',
          mapIndex: -1,
          tryNumber: 1,
          exception: masked(exception),
          excerpt: [],
        },
      }),
    );
  const digest = (
    notice: 'fired' | 'resolved',
    alerts: MaskedAlert[],
    count: number,
  ) =>
    composeDigest(
      { key: 'k', notice, recipient: 'group:default/payments' },
      { alerts, count },
      portalLinks,
    );

  it('counts them, names the first ones and what they have in common', () => {
    const { title, text, link, count } = digest('fired', failing(48, down), 50);
    expect(title).toBe('50 alerts on prod');
    expect(count).toBe(50);
    expect(text.split('\n')).toEqual([
      `48 of them with ${down}`,
      ...failing(10, down).map(alert => `${alert.title}: ${down}`),
      'and 40 more',
    ]);
    expect(link).toBe('https://portal.example.com/airflow/alerts?cluster=prod');
  });

  it('says what was there at the first reading, and what is over', () => {
    const old = failing(2, down).map(alert => ({ ...alert, oldNews: true }));
    expect(digest('fired', old, 2).title).toBe(
      '2 alerts on prod were there when it was first read',
    );
    expect(digest('resolved', old, 2)).toMatchObject({
      title: 'Resolved: 2 alerts on prod',
      path: '/airflow/alerts?cluster=prod&status=resolved',
    });
  });

  it('says of one that flaps how often', () => {
    const flapping = anAlert('a1', {
      firedAt: '2026-11-24T03:20:00.000Z',
      flapping: { times: 3, since: '2026-11-24T03:00:00.000Z' },
    });
    const { title, text } = composeMessage(
      { key: 'k', notice: 'fired', recipient: null },
      flapping,
      portalLinks,
    );
    expect(title).toBe('Flapping: load_orders failed (prod)');
    expect(text).toContain('It comes and goes: 3 times in 20 min.');
  });
});
