import type { ComponentHealth } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import type { SeenComponent } from '../store';
import { seenComponents } from './heartbeats';

const start = Date.parse('2026-11-24T03:00:00.000Z');

function at(seconds: number): Date {
  return new Date(start + seconds * 1_000);
}

/** As an Airflow has it whose last heartbeat is so dated. */
function scheduler(
  beat: number,
  status: ComponentHealth['status'] = 'healthy',
): ComponentHealth {
  return { name: 'scheduler', status, heartbeatAt: at(beat).toISOString() };
}

function clockAhead(seconds: number) {
  return { offsetMs: seconds * 1_000, measuredAt: at(0).toISOString() };
}

/** What is made of the same answers, one reading after the other. */
function statusesOf(
  readings: { at: number; told: ComponentHealth; ahead: number | null }[],
): ComponentHealth['status'][] {
  let seen: SeenComponent[] = [];
  return readings.map(({ at: seconds, told, ahead }) => {
    const clock = ahead === null ? null : clockAhead(ahead);
    seen = seenComponents([told], seen, clock, at(seconds));
    return seen[0].status;
  });
}

describe('seenComponents', () => {
  it('knows nothing of what stands still at a heartbeat from the future, also when its time has come', () => {
    const readings = [0, 25, 30, 290, 325].map(seconds => ({
      at: seconds,
      told: scheduler(300),
      ahead: 0,
    }));
    expect(statusesOf(readings)).toEqual([
      'healthy',
      'healthy',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('believes it again with its next heartbeat', () => {
    expect(
      statusesOf([
        { at: 0, told: scheduler(300), ahead: 0 },
        { at: 60, told: scheduler(300), ahead: 0 },
        { at: 65, told: scheduler(64), ahead: 0 },
        { at: 70, told: scheduler(69), ahead: 0 },
      ]),
    ).toEqual(['healthy', 'unknown', 'healthy', 'healthy']);
  });

  it.each<[string, ComponentHealth, number | null]>([
    ['it is ahead by the clock of the cluster no more', scheduler(300), 300],
    ['hosts of one Airflow differ by a little', scheduler(20), 0],
    ['its heartbeat is old, which Airflow allows it', scheduler(-60), 0],
    ['nothing told of the clock, and it is of now', scheduler(-5), null],
    ['it is absent', { ...scheduler(300), status: 'absent' }, 0],
    ['it could not be read', { ...scheduler(300), status: 'unknown' }, 0],
    ['it beats not at all', { ...scheduler(0), heartbeatAt: null }, 0],
  ])('says what Airflow does where %s', (_where, told, ahead) => {
    const readings = [0, 60, 120].map(seconds => ({
      at: seconds,
      told,
      ahead,
    }));
    expect(new Set(statusesOf(readings))).toEqual(new Set([told.status]));
  });

  it('takes what a release before has stored for seen now', () => {
    const stored = [scheduler(300)];
    const [first] = seenComponents(stored, stored, clockAhead(0), at(0));
    expect(first).toMatchObject({
      status: 'healthy',
      beatSeenAt: at(0).toISOString(),
    });
  });

  it('calls nothing healthy that is dead, and nothing otherwise that beats, however often clocks are set', () => {
    const EVERY = 5;
    fc.assert(
      fc.property(
        fc.integer({ min: EVERY, max: 60 }),
        fc.integer({ min: 0, max: 900 }),
        fc.array(
          fc.record({
            at: fc.integer({ min: 0, max: 1_200 }),
            ahead: fc.integer({ min: -3_600, max: 3_600 }),
          }),
          { maxLength: 4 },
        ),
        (interval, diesAt, steps) => {
          const aheadAt = (seconds: number) =>
            [...steps]
              .sort((a, b) => a.at - b.at)
              .findLast(step => step.at <= seconds)?.ahead ?? 0;
          let seen: SeenComponent[] = [];
          const wrong: number[] = [];
          for (let now = 0; now <= 1_800; now += interval) {
            const beatenAt = Math.min(now - (now % EVERY), diesAt);
            const beat = beatenAt + aheadAt(beatenAt);
            const age = now + aheadAt(now) - beat;
            const told = scheduler(beat, age < 30 ? 'healthy' : 'unhealthy');
            const clock = clockAhead(aheadAt(now));
            seen = seenComponents([told], seen, clock, at(now));
            const [{ status }] = seen;
            const isRight =
              now <= diesAt
                ? status === told.status
                : status !== 'healthy' || now < diesAt + 60 + interval;
            if (!isRight) wrong.push(now);
          }
          expect(wrong).toEqual([]);
        },
      ),
    );
  });
});
