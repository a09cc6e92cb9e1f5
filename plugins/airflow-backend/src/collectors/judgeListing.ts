import type {
  Instant,
  Presence,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowError, type AirflowDag } from '../airflow';
import type { Deletion } from '../airflow/areas/removal';
import { LongWork } from '../eventLoop';
import {
  isBroken,
  isDoubtful,
  isGone,
  isOfFile,
  isUnseen,
  judgePresence,
  overdueBefore,
  type Sighting,
} from '../insights/presence';

/** What presence is judged by, of a DAG as one reading listed it. */
export type ListedDag = Pick<
  AirflowDag,
  'dagId' | 'stale' | 'hasImportErrors' | 'fileLocation' | 'lastParsedAt'
>;

/** A DAG as it was stored before the reading. */
export interface KnownDag {
  presence: Presence;
  /** When it was last listed. */
  readAt: Date;
}

/** One reading of the DAGs of a cluster. */
export interface Listing {
  startedAt: Date;
  /** What was stored before it. */
  known: ReadonlyMap<string, KnownDag>;
  listed: ReadonlyMap<string, ListedDag>;
  /** Whether rows were left out, among which what is missing may be. */
  isPartial: boolean;
  /** Files that cannot be imported, read after the list. */
  brokenFiles: readonly string[];
  /** Those of them that could be before it. */
  newlyBroken: readonly string[];
}

/** What a reading says of all DAGs together. */
export interface Verdict {
  /** What became of those that are not as they were. */
  changed: Map<string, Presence>;
  /** Set when it is the reading that is doubted. */
  doubt: { unseen: number; known: number } | null;
  /** Files that broke meanwhile, so many that of which DAGs they are the next reading tells. */
  notAskedOf: readonly string[];
}

/** What else Airflow is asked for when DAGs are missing; both throw what the client throws. */
export interface Asking {
  dag(dagId: string): Promise<ListedDag>;
  deletions(): Promise<Deletion[]>;
}

/** Who deleted which DAGs; null where nobody is named. */
type Deletions = ReadonlyMap<string, string | null>;

/** Airflow writes its event log by its own clock. */
const CLOCKS_APART_MS = 10 * 60_000;

/** Airflow is asked of so many files that broke while the list was read. */
const MOST_BROKEN_MEANWHILE = 25;

/**
 * Says of every DAG whether Airflow still has it. What is not there any more is asked for alone, since a list that
 * shifts while it is read leaves out what is there; where too many are missing to be believed, they are doubted. What
 * was listed as being well is asked for alone, too, where its file is broken by now.
 */
export async function judgeListing(
  listing: Listing,
  asking: Asking,
): Promise<Verdict> {
  const { known } = listing;
  const met = meet(listing);
  const there = [...known.keys()].filter(
    dagId => !isGone(presenceOf(dagId, known)),
  );
  const unseen = there.filter(dagId => {
    const sighting = met.get(dagId);
    return sighting !== undefined && isUnseen(sighting);
  });
  const deletions = await readDeletions(unseen, listing, asking);
  const unexplained: string[] = [];
  for (const dagId of unseen) {
    const by = deletions.get(dagId);
    if (by === undefined || listing.listed.has(dagId)) unexplained.push(dagId);
    else met.set(dagId, { seen: 'deleted', by });
  }
  const isDoubted = isDoubtful({
    known: there.length,
    unseen: unexplained.length,
    listed: listing.listed.size,
  });
  if (!isDoubted) {
    for (const dagId of unexplained) {
      met.set(dagId, await askAlone(dagId, listing, asking));
    }
  }
  const notAskedOf = await meetBrokenMeanwhile(met, listing, asking);
  return {
    notAskedOf,
    changed: judge(listing, met, isDoubted),
    doubt: isDoubted
      ? { unseen: unexplained.length, known: there.length }
      : null,
  };
}

/** A DAG that is met for the first time. */
const unknownBefore: Presence = { state: 'listed', since: null, reason: null };

function presenceOf(dagId: string, known: Listing['known']): Presence {
  return known.get(dagId)?.presence ?? unknownBefore;
}

/** How each DAG was met; of what may be among the rows that were left out, nothing. */
function meet(listing: Listing): Map<string, Sighting> {
  const { known, listed, isPartial } = listing;
  const sightingOf = sightings(listing);
  const met = new Map<string, Sighting>();
  for (const dag of listed.values()) met.set(dag.dagId, sightingOf(dag));
  if (isPartial) return met;
  for (const dagId of known.keys()) {
    if (!listed.has(dagId)) met.set(dagId, { seen: 'missing' });
  }
  return met;
}

function sightings({ listed, brokenFiles }: Listing) {
  const active = [...listed.values()].filter(({ stale }) => !stale);
  const filesInUse = new Set(active.map(({ fileLocation }) => fileLocation));
  const overdue = overdueBefore(
    active.flatMap(({ lastParsedAt }) => lastParsedAt ?? []),
  );
  return (dag: ListedDag): Sighting => {
    const { stale, hasImportErrors, fileLocation, lastParsedAt } = dag;
    return stale
      ? {
          seen: 'stale',
          hasImportError: brokenFiles.some(file =>
            isOfFile(file, fileLocation),
          ),
          isFileInUse: filesInUse.has(fileLocation),
        }
      : {
          seen: 'active',
          hasImportErrors,
          isOverdue: isBefore(lastParsedAt, overdue),
        };
  };
}

function isBefore(moment: Instant | null, limit: Instant | null): boolean {
  return (
    moment !== null && limit !== null && Date.parse(moment) < Date.parse(limit)
  );
}

/** Where it cannot be read it stays as it was. */
async function askAlone(
  dagId: string,
  listing: Listing,
  asking: Asking,
): Promise<Sighting> {
  try {
    return sightings(listing)(await asking.dag(dagId));
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error;
    return error.code === 'airflow-not-found'
      ? { seen: 'deleted', by: null }
      : { seen: 'missing' };
  }
}

/** Otherwise the error would be of a file that no DAG is known of, and those who have DAGs in it would not be told. */
async function meetBrokenMeanwhile(
  met: Map<string, Sighting>,
  listing: Listing,
  asking: Asking,
): Promise<string[]> {
  const work = new LongWork();
  const notAskedOf: string[] = [];
  let asked = 0;
  const wereWell = [...listing.listed.values()].filter(
    ({ stale, hasImportErrors }) => !stale && !hasImportErrors,
  );
  for (const file of listing.newlyBroken) {
    await work.breathe();
    const ofFile = wereWell.filter(dag => isOfFile(file, dag.fileLocation));
    if (ofFile.length === 0) continue;
    if (asked === MOST_BROKEN_MEANWHILE) {
      notAskedOf.push(file);
      continue;
    }
    asked += 1;
    // Airflow marks all DAGs of a file at once.
    const sighting = await askAlone(ofFile[0].dagId, listing, asking);
    if (!isBroken(sighting)) continue;
    for (const { dagId } of ofFile) met.set(dagId, sighting);
  }
  return notAskedOf;
}

/** Who deleted what is missing, since it was last seen. Where the event log cannot be read, nobody is named. */
async function readDeletions(
  unseen: readonly string[],
  { known }: Listing,
  asking: Asking,
): Promise<Deletions> {
  if (unseen.length === 0) return new Map();
  try {
    const deletions = await asking.deletions();
    return new Map(
      deletions
        .filter(({ dagId, at }) => {
          const seenAt = known.get(dagId)?.readAt;
          return seenAt && Date.parse(at) >= seenAt.getTime() - CLOCKS_APART_MS;
        })
        .map(({ dagId, by }): [string, string | null] => [dagId, by]),
    );
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error;
    return new Map();
  }
}

function judge(
  { known, startedAt }: Listing,
  met: ReadonlyMap<string, Sighting>,
  isDoubted: boolean,
): Map<string, Presence> {
  const at = startedAt.toISOString();
  const changed = new Map<string, Presence>();
  for (const [dagId, sighting] of met) {
    // What was gone before the portal knew it is no news.
    if (!known.has(dagId) && isUnseen(sighting)) continue;
    const before = presenceOf(dagId, known);
    const after = judgePresence({
      before,
      sighting,
      at,
      isDoubtful: isDoubted,
    });
    if (after.state !== before.state) changed.set(dagId, after);
  }
  return changed;
}
