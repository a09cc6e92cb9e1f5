import type {
  Dag,
  DagZone,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { LRUCache } from 'lru-cache';
import { IANAZone } from 'luxon';
import { LongWork } from '../../eventLoop';
import { comingYear, hasRunAt } from './schedule';
import { WallCron } from './WallCron';
import { ZoneClock } from './ZoneClock';

/** Where many people work: of zones that cannot be told apart, one of these is named. */
const usualZones = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Helsinki',
  'Europe/Istanbul',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
];

/** So many zones are named where it is open which one is meant. */
const MOST_NAMES = 5;

const ZONE_TAG = 'tz:';

/** What of a DAG tells in which zone it is meant. */
export interface ZonedDag {
  schedule: Pick<Dag['schedule'], 'kind' | 'expression'>;
  tags: readonly string[];
}

/** By what a zone is found, beside the DAG. */
export interface ZoneClues {
  /** Moments for which Airflow announced runs, or made them. */
  announced: readonly Instant[];
  /** The default of the cluster; UTC where none is set. */
  defaultZone: string | null;
}

/** Schedules whose coming year is remembered; most DAGs share theirs with others. */
const KEPT_SCHEDULES = 1_000;

/** Finds out in which zones schedules are meant, by all clocks of the world as they go around one moment. */
export class ZoneFinder {
  /** By schedule; the coming year of each clock that was asked for. */
  private readonly years = new LRUCache<string, Map<ZoneClock, string>>({
    max: KEPT_SCHEDULES,
  });
  private readonly work = new LongWork();

  private constructor(
    private readonly clocks: readonly ZoneClock[],
    readonly now: Date,
  ) {}

  static async at(now: Date): Promise<ZoneFinder> {
    return new ZoneFinder(await ZoneClock.all(now, usualZones), now);
  }

  /**
   * The zone in which a DAG is meant, which no Airflow tells: that of a tag such as `tz:Europe/Berlin`, else the one in
   * which its cron has a run at every moment that Airflow itself announced. Where several have, and differ at some
   * moment of the coming year, it stays open which is meant. Null where there is nothing to go by, or no zone fits.
   * A cron of many moments takes hundreds of milliseconds, so others have their turns between one clock and the next.
   */
  async find(
    { schedule, tags }: ZonedDag,
    clues: ZoneClues,
  ): Promise<DagZone | null> {
    const set = zoneSetBy(tags);
    if (set !== undefined) return { name: set, source: 'tag' };
    if (schedule.kind !== 'cron' || clues.announced.length === 0) return null;
    const cron = WallCron.read(schedule.expression ?? '');
    return cron ? this.inferred(cron, clues) : null;
  }

  private async inferred(
    cron: WallCron,
    { announced, defaultZone }: ZoneClues,
  ): Promise<DagZone | null> {
    const moments = announced.map(moment => Date.parse(moment));
    /** Clocks that fit, by their coming year. */
    const fitting = new Map<string, ZoneClock[]>();
    for (const clock of this.clocks) {
      await this.work.breathe();
      if (!moments.every(ms => hasRunAt(cron, clock, ms))) continue;
      const year = this.comingYear(cron, clock);
      fitting.set(year, [...(fitting.get(year) ?? []), clock]);
    }
    const own = defaultZone ?? 'UTC';
    const isOwn = sameClockAs(own, this.now);
    const names = [...fitting.values()]
      .map(same => (same.some(isOwn) ? own : usualOf(same)))
      .sort((a, b) => rankOf(a, own) - rankOf(b, own) || (a < b ? -1 : 1));
    const [name] = names;
    if (name === undefined) return null;
    return names.length === 1
      ? { name, source: name === own ? 'cluster' : 'inferred' }
      : {
          source: 'open',
          names: names.slice(0, MOST_NAMES),
          total: names.length,
        };
  }

  private comingYear(cron: WallCron, clock: ZoneClock): string {
    const years = this.years.get(cron.expression) ?? new Map();
    this.years.set(cron.expression, years);
    const year = years.get(clock) ?? comingYear(cron, clock, this.now);
    years.set(clock, year);
    return year;
  }
}

/** What is no name of a zone is a tag like any other. */
function zoneSetBy(tags: readonly string[]): string | undefined {
  return [...tags]
    .sort()
    .filter(tag => tag.startsWith(ZONE_TAG))
    .map(tag => tag.slice(ZONE_TAG.length))
    .find(zone => IANAZone.isValidZone(zone));
}

/** A configured zone may go by a name of former times, such as `US/Eastern`. */
function sameClockAs(name: string, now: Date): (clock: ZoneClock) => boolean {
  const { key } = ZoneClock.of(name, now);
  return clock => clock.key === key;
}

function usualOf(clocks: readonly ZoneClock[]): string {
  const names = clocks.flatMap(clock => clock.names);
  return (
    usualZones.find(usual => names.includes(usual)) ?? [...names].sort()[0]
  );
}

function rankOf(name: string, own: string): number {
  if (name === own) return -1;
  const rank = usualZones.indexOf(name);
  return rank === -1 ? usualZones.length : rank;
}
