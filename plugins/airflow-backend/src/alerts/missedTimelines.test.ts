import * as fc from 'fast-check';
import { emptyStores, testDatabases } from '../__testUtils__/databases';
import { MissedWatch } from '../__testUtils__/MissedWatch';
import { Owed } from '../__testUtils__/Owed';
import {
  everyDelta,
  everyMinutes,
  ModelAirflow,
  type DagBeats,
  type ModelOptions,
} from '../__testUtils__/ModelAirflow';

// The gate lives through the same each time; `TIMELINES=<a number> npm test -- missedTimelines` through others.
fc.configureGlobal({ seed: Number(process.env.TIMELINES ?? 1) });

const MINUTE = 60_000;
const start = Date.parse('2026-11-24T00:00:00.000Z');
const databases = testDatabases();

const version = fc.constantFrom(2 as const, 3 as const);
const steps = [5, 10, 20, 30, 60];
const beats: fc.Arbitrary<DagBeats> = fc.oneof(
  fc.constantFrom(...steps).map(step => everyMinutes(step)),
  fc.constantFrom(7, 25).map(past => everyMinutes(60, past)),
  fc.constant(everyDelta(1)),
);

interface Happening {
  what: string;
  act(airflow: ModelAirflow, now: number): void;
}

/** What people do to a DAG; none of it takes a run away that Airflow still owes. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.boolean().map(
    (paused): Happening => ({
      what: paused ? 'paused' : 'unpaused',
      act: airflow => {
        airflow.paused = paused;
      },
    }),
  ),
  beats.map(
    (changed): Happening => ({
      what: `scheduled as ${changed.schedule.expression}`,
      act: airflow => {
        airflow.beats = changed;
      },
    }),
  ),
  fc.integer({ min: 1, max: 90 }).map(
    (tookMin): Happening => ({
      what: `started for ${tookMin} min`,
      act: (airflow, now) => airflow.trigger(now, tookMin * MINUTE),
    }),
  ),
);

/** What befalls the parts of an Airflow: any of them dies or lives again. */
const breakdown: fc.Arbitrary<Happening> = fc
  .tuple(
    fc.constantFrom(
      'schedulerLives' as const,
      'processorLives' as const,
      'webServerLives' as const,
    ),
    fc.boolean(),
  )
  .map(
    ([part, lives]): Happening => ({
      what: `${part}: ${lives}`,
      act: airflow => {
        airflow[part] = lives;
      },
    }),
  );

/** By the minute; portals read every five. */
const timelineOf = (what: fc.Arbitrary<Happening>, maxLength: number) =>
  fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 170 }), what), {
    maxLength,
    selector: ([minute]) => minute,
  });

/** Somebody sets the clock of its machine. */
const clockSet: fc.Arbitrary<Happening> = fc
  .integer({ min: -40, max: 40 })
  .map(minutes => ({
    what: `clock apart by ${minutes} min`,
    act: airflow => {
      airflow.clockMs = minutes * MINUTE;
    },
  }));

/** What happens, by the minute. */
const eventsOf = (timeline: readonly [number, Happening][]) =>
  Object.fromEntries(timeline.map(([minute, { act }]) => [minute, act]));

const GRACE_MIN = 10;
const READ_EVERY_MIN = 5;

describe('missed runs over timelines of chance', () => {
  /** Over a database of its own, for each begins at the same moment. */
  const watchOf = async (airflow: ModelAirflow) => {
    const stores = await emptyStores(databases, 'SQLITE_3');
    return new MissedWatch(stores, airflow, start);
  };

  it('an Airflow that lives misses nothing, whatever people do to a DAG', () =>
    fc.assert(
      fc.asyncProperty(
        version,
        beats,
        fc.boolean(),
        fc.constantFrom(1, 2, 16),
        fc.integer({ min: 1, max: 50 }),
        timelineOf(happening, 6),
        async (release, planned, catchup, maxActiveRuns, tookMin, timeline) => {
          const options: ModelOptions = {
            version: release,
            beats: planned,
            catchup,
            maxActiveRuns,
            tookMs: () => tookMin * MINUTE,
          };
          const airflow = new ModelAirflow(options, start);
          const watch = await watchOf(airflow);
          expect(await watch.watch(180, eventsOf(timeline))).toEqual([]);
        },
      ),
      { numRuns: 15 },
    ));

  it('an Airflow that lives misses nothing, however its clock is set', () =>
    fc.assert(
      fc.asyncProperty(
        version,
        fc.oneof(beats, fc.constant('continuous' as const)),
        fc.boolean(),
        fc.constantFrom(1, 2, 16),
        fc.integer({ min: 1, max: 50 }),
        timelineOf(clockSet, 6),
        async (release, planned, catchup, maxActiveRuns, tookMin, timeline) => {
          const options: ModelOptions = {
            version: release,
            beats: planned,
            catchup,
            maxActiveRuns: planned === 'continuous' ? 1 : maxActiveRuns,
            tookMs: () => tookMin * MINUTE,
          };
          const airflow = new ModelAirflow(options, start);
          airflow.clockMs = 0;
          const watch = await watchOf(airflow);
          expect(await watch.watch(180, eventsOf(timeline))).toEqual([]);
        },
      ),
      { numRuns: 15 },
    ));

  it('an outage is told with every run that it cost', () =>
    fc.assert(
      fc.asyncProperty(
        version,
        fc.constantFrom(...steps),
        fc.integer({ min: 6, max: 60 }),
        fc.integer({ min: 80, max: 150 }),
        fc.boolean(),
        async (release, step, downAt, lasts, catchup) => {
          const options: ModelOptions = {
            version: release,
            beats: everyMinutes(step),
            catchup,
            maxActiveRuns: 16,
            tookMs: () => MINUTE,
          };
          const airflow = new ModelAirflow(options, start);
          const upAt = downAt + lasts;
          const watch = await watchOf(airflow);
          const said = await watch.watch(upAt + 80, {
            [downAt]: at => {
              at.schedulerLives = false;
              at.processorLives = false;
            },
            [upAt]: at => {
              at.schedulerLives = true;
              at.processorLives = true;
            },
          });
          const made = new Set(airflow.made.map(run => run.intervalEnd));
          const owed = Array.from(
            { length: Math.floor((upAt - downAt) / step) + 1 },
            (_, i) => (Math.ceil(downAt / step) + i) * step,
          ).filter(minute => minute >= downAt && minute <= upAt);
          const never = owed.filter(
            minute => !made.has(start + minute * MINUTE),
          );
          expect(said.map(text => text.split(' ')[1])).toEqual([
            'fired:',
            'resolved:',
          ]);
          const told = /(\d+) runs? (?:is|are) lost/.exec(said[1])?.[1];
          expect(Number(told ?? 0)).toBe(never.length);
        },
      ),
      {
        numRuns: 15,
        examples: [
          [2, 5, 6, 105, true],
          [2, 5, 35, 84, true],
        ],
      },
    ));

  it('what is told is so, and what is so is told, whatever befalls', () =>
    fc.assert(
      fc.asyncProperty(
        version,
        fc.oneof(beats, fc.constant('continuous' as const)),
        fc.boolean(),
        fc.constantFrom(1, 2, 16),
        fc.integer({ min: 1, max: 50 }),
        timelineOf(fc.oneof(happening, breakdown), 10),
        async (release, planned, catchup, maxActiveRuns, tookMin, timeline) => {
          const options: ModelOptions = {
            version: release,
            beats: planned,
            catchup,
            // Airflow takes no other.
            maxActiveRuns: planned === 'continuous' ? 1 : maxActiveRuns,
            tookMs: () => tookMin * MINUTE,
          };
          const airflow = new ModelAirflow(options, start - MINUTE);
          const watch = await watchOf(airflow);
          const owed = new Owed(airflow);
          // Its runs end whenever they do, so those of this model may share a date with those of a cron.
          const events = eventsOf(
            timeline.filter(
              ([, { what }]) =>
                planned !== 'continuous' || !what.startsWith('scheduled'),
            ),
          );
          const wrong: unknown[] = [];
          let unreadAt = 0;
          for (let minute = 0; minute <= 180; minute += 1) {
            const at = start + minute * MINUTE;
            events[minute]?.(airflow, at);
            const was = watch.isMissing;
            await watch.pass(minute);
            if (!airflow.webServerLives) unreadAt = minute;
            const isTime = minute % READ_EVERY_MIN === 0;
            owed.look(minute, at, isTime && airflow.webServerLives);
            if (!isTime || minute - unreadAt < 2 * READ_EVERY_MIN) continue;

            const is = watch.isMissing;
            const owedMin = owed.minutesOf('owed', minute);
            const overMin = owed.minutesOf('settled', minute);
            // A run may have ended or been made within the minute.
            const isFalse = is && !was && owedMin < GRACE_MIN - 1;
            const isSilent = !is && owedMin > GRACE_MIN + READ_EVERY_MIN;
            const isStuck = is && overMin > 2 * READ_EVERY_MIN;
            if (isFalse || isSilent || isStuck) {
              wrong.push({ minute, owedMin, overMin, said: [...watch.said] });
            }
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 15 },
    ));
});
