import { LongWork } from '../eventLoop';
import type { RegisteredCluster } from '../clusters';
import { ZoneFinder } from '../insights/zones';
import type { FoundZone, ZoneStore } from '../store';

type Clues = Awaited<ReturnType<ZoneStore['clues']>>[number];

/** The clocks of the coming year are looked at anew after this long. */
const CLOCKS_KEPT_MS = 30 * 24 * 60 * 60_000;

/** Keeps the zones of DAGs in step with what tells them: a DAG is looked at when that has changed. */
export class ZoneKeeper {
  private finder: Promise<ZoneFinder> | undefined;

  constructor(private readonly store: ZoneStore) {}

  async resolve({
    name,
    defaultTimezone,
  }: Pick<RegisteredCluster, 'name' | 'defaultTimezone'>): Promise<void> {
    const finder = await this.finderAt(new Date());
    const work = new LongWork();
    const changed: (Clues & { basis: string })[] = [];
    for (const clues of await this.store.clues(name)) {
      await work.breathe();
      const basis = basisOf(clues, defaultTimezone, finder);
      if (basis !== clues.basis) changed.push({ ...clues, basis });
    }
    const runs = await this.store.scheduledRuns(
      name,
      changed.map(({ dagId }) => dagId),
    );
    const found: FoundZone[] = [];
    for (const clues of changed) {
      const { dagId, basis, nextRunAt } = clues;
      const announced = [...(runs.get(dagId) ?? [])];
      if (nextRunAt !== null) announced.push(nextRunAt);
      const defaultZone = defaultTimezone;
      const zone = await finder.find(clues, { announced, defaultZone });
      found.push({ dagId, basis, zone });
    }
    await this.store.save(name, found);
  }

  private async finderAt(now: Date): Promise<ZoneFinder> {
    const present = await this.finder;
    if (present && now.getTime() - present.now.getTime() < CLOCKS_KEPT_MS) {
      return present;
    }
    this.finder = ZoneFinder.at(now);
    return this.finder;
  }
}

/** Each run adds a moment, and each month another year is the coming one. */
function basisOf(
  { schedule, tags, nextRunAt, lastRunAt }: Clues,
  defaultZone: string | null,
  { now }: ZoneFinder,
): string {
  const month = now.toISOString().slice(0, 7);
  const zoneTags = tags.filter(tag => tag.startsWith('tz:'));
  return JSON.stringify([
    schedule,
    zoneTags,
    nextRunAt,
    lastRunAt,
    defaultZone,
    month,
  ]);
}
