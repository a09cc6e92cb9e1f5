import { aFinding, anAlertOf } from '../__testUtils__/alerts';
import { masked } from '../masked';
import { begun, explained, explainedAll } from './explanation';
import type { FailureFound } from './findFailure';
import type { StoredAlert } from '../model/storedAlerts';

const at = '2026-11-24T03:00:00.000Z';
const failure = {
  runId: 'run 1',
  taskId: 'load',
  mapIndex: -1,
  tryNumber: 1,
  exception: masked('KeyError: 7'),
  excerpt: [],
};
const looking = (tries: number) =>
  anAlertOf(aFinding(), {
    explanation: { state: 'looking', tries, nextAt: at, because: null },
  });
const silent: FailureFound = {
  state: 'unreadable',
  failure: null,
  because: 'Its log: it did not come within 30 seconds',
};
const secondsUntil = (moment: string | null | undefined) =>
  moment && (Date.parse(moment) - Date.parse(at)) / 1_000;

describe('the search for why a run failed', () => {
  it('goes on, later and later, while the log cannot be read', () => {
    const waits = Array.from({ length: 11 }, (_, i) => {
      const { alert, events } = explained(looking(i + 1), silent, at);
      expect(events).toEqual([]);
      expect(alert.explanation?.state).toBe('looking');
      return secondsUntil(alert.explanation?.nextAt);
    });
    expect(waits).toEqual([
      15, 30, 60, 120, 240, 480, 960, 1800, 1800, 1800, 1800,
    ]);
  });

  it('is given up after twelve tries, and says why', () => {
    const { alert, events } = explained(looking(12), silent, at);
    expect(alert.explanation).toEqual({
      state: 'unreadable',
      tries: 12,
      nextAt: null,
      because: silent.because,
    });
    expect(events).toMatchObject([
      { kind: 'explained', text: `Not explained: ${silent.because}` },
    ]);
  });

  it('ends with what it found', () => {
    const found: FailureFound = { state: 'found', failure, because: null };
    const { alert, events } = explained(looking(3), found, at);
    expect(alert).toMatchObject({
      failure,
      explanation: { state: 'found', nextAt: null },
    });
    expect(events).toMatchObject([{ text: 'load failed first: KeyError: 7' }]);
  });

  it('is another replica’s when the one that looks does not live to say', () => {
    const { explanation } = looking(0);
    const first = explanation && begun(explanation, at);
    expect(first).toMatchObject({ state: 'looking', tries: 1 });
    expect(secondsUntil(first?.nextAt)).toBe(60);
  });
});

describe('a cause', () => {
  const found = (exception: string | null): FailureFound => ({
    state: 'found',
    failure: {
      ...failure,
      runId: 'run 2',
      exception: exception === null ? null : masked(exception),
    },
    because: null,
  });
  const again = (overrides: Partial<StoredAlert> = {}) =>
    anAlertOf(aFinding({ runId: 'run 2' }), {
      explanation: { state: 'looking', tries: 1, nextAt: at, because: null },
      status: 'firing',
      notified: 'fires',
      failure,
      ...overrides,
    });
  const noticesOf = (alerts: StoredAlert[], exception: string | null) =>
    explainedAll(alerts, found(exception), at).flatMap(({ alert, notices }) =>
      notices.map(kind => `${alert.id} ${kind}`),
    );

  it.each<[string, string | null, Partial<StoredAlert>, boolean]>([
    ['another one', 'ConnectionError: refused', {}, true],
    ['the same', 'KeyError: 7', {}, false],
    ['the same but for a number', 'KeyError: 12', {}, false],
    ['none that is known', null, {}, false],
    ['the first that is known', 'KeyError: 7', { failure: null }, false],
    [
      'another one that somebody has',
      'E: x',
      { status: 'acknowledged' },
      false,
    ],
    ['another one of what flaps', 'E: x', { notified: 'flaps' }, false],
    [
      'another one that nobody was told of',
      'E: x',
      { notified: 'nothing' },
      false,
    ],
    ['another one with a wider cause', 'E: x', { inhibitedBy: 'wide' }, false],
  ])('is told anew or not: %s', (_what, exception, overrides, isTold) => {
    const alert = again({ id: 'failed', ...overrides });
    expect(noticesOf([alert], exception)).toEqual(
      isTold ? ['failed fired'] : [],
    );
  });

  it('is told of the alert that stands for the one that was told', () => {
    const failed = again({ id: 'failed', inhibitedBy: 'failing' });
    const failing = again({ id: 'failing', failure: null });
    expect(noticesOf([failed, failing], 'E: x')).toEqual(['failing fired']);
    expect(noticesOf([failed, failing], 'KeyError: 8')).toEqual([]);
  });
});
