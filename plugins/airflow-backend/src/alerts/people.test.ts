import { aFinding, anAlertOf } from '../__testUtils__/alerts';
import { now, proof, taken } from '../__testUtils__/evaluate';
import { acknowledge, resolveByHand } from './people';

describe('what people do', () => {
  const at = now;
  const take = { by: 'user:default/ada', note: 'on it', at };
  const close = { by: 'user:default/ada', reason: 'a known fault', at };
  const firing = anAlertOf(aFinding());
  const pending = anAlertOf(aFinding(), {
    status: 'pending',
    notified: 'nothing',
  });
  const acknowledged = anAlertOf(aFinding(), {
    status: 'acknowledged',
    acknowledged: taken,
  });
  const resolved = anAlertOf(aFinding(), {
    status: 'resolved',
    resolution: { kind: 'proof', at, ...proof },
  });

  it.each([
    ['pending', pending, 'refused'],
    ['firing', firing, 'done'],
    [
      'acknowledged by somebody else',
      { ...acknowledged, acknowledged: { ...taken, by: 'user:default/bob' } },
      'done',
    ],
    ['acknowledged by them with another note', acknowledged, 'done'],
    [
      'acknowledged by them just so',
      { ...acknowledged, acknowledged: { ...taken, note: 'on it' } },
      'unchanged',
    ],
    ['resolved', resolved, 'refused'],
  ])('taking one that is %s', (_how, alert, outcomeOfIt) => {
    expect(acknowledge(alert, take).outcome).toBe(outcomeOfIt);
  });

  it.each([
    ['pending', pending, 'done', 0],
    ['firing', firing, 'done', 1],
    ['acknowledged', acknowledged, 'done', 1],
    ['resolved', resolved, 'unchanged', 0],
  ])('closing one that is %s', (_how, alert, outcomeOfIt, notices) => {
    const closed = resolveByHand(alert, close);
    expect(closed.outcome).toBe(outcomeOfIt);
    expect(
      closed.outcome === 'done' ? closed.decision.notices : [],
    ).toHaveLength(notices);
  });

  it('keeps who took it, and says so', () => {
    expect(acknowledge(firing, take)).toEqual({
      outcome: 'done',
      decision: {
        alerts: [
          {
            ...firing,
            status: 'acknowledged',
            acknowledged: { at, by: 'user:default/ada', note: 'on it' },
          },
        ],
        events: [
          {
            alertId: 'alert-1',
            at,
            kind: 'acknowledged',
            by: 'user:default/ada',
            text: 'Taken: on it',
          },
        ],
        notices: [],
      },
    });
  });

  it('keeps who closed it and why, and releases it from its cause', () => {
    const closed = resolveByHand({ ...firing, inhibitedBy: 'cause' }, close);
    expect(closed).toMatchObject({
      outcome: 'done',
      decision: {
        alerts: [
          {
            status: 'resolved',
            inhibitedBy: null,
            resolution: { kind: 'by-hand', ...close },
          },
        ],
        events: [
          {
            kind: 'resolved',
            by: 'user:default/ada',
            text: 'Closed by hand: a known fault',
          },
        ],
      },
    });
  });
});
