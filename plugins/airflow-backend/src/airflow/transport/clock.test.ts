import fc from 'fast-check';
import { ClockMeasure } from './clock';

const start = Date.parse('2026-11-24T03:00:00.400Z');
const MINUTE_MS = 60_000;

interface Answer {
  /** How far the clock of who answers is ahead. */
  skewMs: number;
  status: number;
  headers: Record<string, string | undefined>;
  roundTripMs: number;
  /** When it comes, after the first. */
  laterMs: number;
}

/** What is measured after these answers. */
function measured(...answers: Partial<Answer>[]) {
  const clock = new ClockMeasure();
  for (const answer of answers) {
    const { skewMs = 0, status = 200, roundTripMs = 40, laterMs = 0 } = answer;
    const sentMs = start + laterMs;
    const date = new Date(sentMs + roundTripMs / 2 + skewMs).toUTCString();
    const headers = Object.entries({
      date,
      'content-type': 'application/json; charset=utf-8',
      ...answer.headers,
    }).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    );
    const received = { sentMs, receivedMs: sentMs + roundTripMs };
    clock.hear({ status, headers: Object.fromEntries(headers) }, received);
  }
  return clock.read();
}

const behind = { skewMs: -6 * MINUTE_MS };
const ahead = { skewMs: 6 * MINUTE_MS };

describe('the measure of a clock', () => {
  it.each<[string, Partial<Answer>[], number | undefined]>([
    ['that goes right', [{}], 0],
    ['that is behind', [behind], -360],
    ['that is ahead', [ahead], 360],
    ['that is a second apart, which nobody can tell', [{ skewMs: 900 }], 0],
    ['of nobody who answered', [], undefined],
    ['without a Date', [{ headers: { date: undefined } }], undefined],
    ['with a Date that is none', [{ headers: { date: 'soon' } }], undefined],
    ['of a cache', [{ ...behind, headers: { age: '360' } }], undefined],
    ['of a fresh cache', [{ ...behind, headers: { age: '0' } }], undefined],
    ['of a gateway that fails', [{ ...behind, status: 502 }], undefined],
    [
      'of a page to sign in at',
      [{ ...behind, headers: { 'content-type': 'text/html' } }],
      undefined,
    ],
    [
      'of an Airflow that refuses',
      [
        {
          ...behind,
          status: 403,
          headers: { 'content-type': 'application/problem+json' },
        },
      ],
      -360,
    ],
    ['with one odd answer among three', [{}, ahead, {}], 0],
    ['with one odd answer that is the last', [{}, {}, behind], 0],
    ['that was set, by the second answer', [{}, {}, behind, behind], -360],
    ['that was set back and forth', [{}, behind, {}, behind, {}], 0],
    [
      'that was set since long-forgotten answers',
      [{}, {}, { ...behind, laterMs: 6 * MINUTE_MS }],
      -360,
    ],
  ])('%s', (_what, answers, seconds) => {
    const offsetMs = measured(...answers)?.offsetMs;
    const isNear = (off: number, wanted: number) =>
      Math.abs(off - wanted * 1_000) < (wanted === 0 ? 1 : 2_000);
    expect(
      offsetMs === undefined || seconds === undefined
        ? offsetMs === seconds
        : isNear(offsetMs, seconds),
    ).toBe(true);
  });

  it('tells what the last answer says too, and when that came', () => {
    expect(measured({}, {}, { ...behind, laterMs: 1_000 })).toEqual({
      offsetMs: 0,
      lastOffsetMs: -360_000,
      measuredAt: new Date(start + 1_040),
    });
  });

  it('is right within two seconds and half of the way, however far apart', () => {
    const days = 2 * 24 * 60 * MINUTE_MS;
    fc.assert(
      fc.property(
        fc.integer({ min: -days, max: days }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 999 }),
        (skewMs, roundTripMs, laterMs) => {
          const found = measured({ skewMs, roundTripMs, laterMs });
          const errorMs = Math.abs((found?.offsetMs ?? Infinity) - skewMs);
          expect(errorMs).toBeLessThanOrEqual(2_500 + roundTripMs / 2);
        },
      ),
    );
  });
});
