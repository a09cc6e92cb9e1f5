import type {
  DagPresence,
  Instant,
  Presence,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** How a DAG was met in one reading of a cluster. */
export type Sighting =
  /** Airflow lists it as being in service. */
  | { seen: 'active'; hasImportErrors: boolean; isOverdue: boolean }
  /** Airflow keeps it, but calls it stale (3.x) or inactive (2.x): the last parse of its file did not bring it. */
  | { seen: 'stale'; hasImportError: boolean; isFileInUse: boolean }
  /** Airflow, asked for it alone or through its event log, has it no longer. */
  | { seen: 'deleted'; by: string | null }
  /** It was not in the list, and what that means is not known. */
  | { seen: 'missing' };

/** Whether a sighting by itself says that the DAG is gone. */
export function isUnseen(sighting: Sighting): boolean {
  return (
    sighting.seen === 'missing' ||
    (sighting.seen === 'stale' && !sighting.hasImportError)
  );
}

/** Whether a sighting says that the file of the DAG cannot be imported. */
export function isBroken(sighting: Sighting): boolean {
  return (
    (sighting.seen === 'active' && sighting.hasImportErrors) ||
    (sighting.seen === 'stale' && sighting.hasImportError)
  );
}

export function isGone({ state }: Pick<Presence, 'state'>): boolean {
  return state === 'vanished' || state === 'deleted';
}

/** For so long what many vanished at once is doubted; then it counts as what it looks like, and is told DAG by DAG. */
const DOUBTED_MS = 24 * 60 * 60_000;

/** A few DAGs vanish together when their file is removed; as many as these are nobody's daily work. */
const ALWAYS_BELIEVED = 3;
const NEVER_BELIEVED = 25;
const BELIEVED_SHARE = 0.1;

/**
 * Whether it is the reading that is to be doubted, and not the DAGs: nothing was listed at all, half of them are
 * missing, or more than a tenth. A tenth of many DAGs is still too much to be told one by one.
 */
export function isDoubtful(reading: {
  /** DAGs that were there until now, doubted ones too. */
  known: number;
  /** How many of these are not there any more. */
  unseen: number;
  /** Rows that Airflow answered, of DAGs of every kind. */
  listed: number;
}): boolean {
  const { known, unseen, listed } = reading;
  if (unseen === 0) return false;
  if (listed === 0) return true;
  if (unseen >= 2 && unseen * 2 >= known) return true;
  const believed = Math.floor(known * BELIEVED_SHARE);
  return unseen > Math.min(NEVER_BELIEVED, Math.max(ALWAYS_BELIEVED, believed));
}

/** What a reading says of one DAG. */
export interface Judged {
  before: Presence;
  sighting: Sighting;
  /** When the reading began. */
  at: Instant;
  isDoubtful: boolean;
}

/** Whether Airflow still has a DAG, after a reading. What is as before keeps since when it is so. */
export function judgePresence(judged: Judged): Presence {
  const { before, at } = judged;
  const { state, reason } = next(judged);
  return state === before.state
    ? { ...before, reason: before.reason ?? reason }
    : { state, since: at, reason };
}

interface Next {
  state: DagPresence;
  reason: string | null;
}

function next({ before, sighting, at, isDoubtful: doubt }: Judged): Next {
  switch (sighting.seen) {
    case 'active':
      if (sighting.hasImportErrors) return broken();
      return sighting.isOverdue
        ? unparsed()
        : { state: 'listed', reason: null };
    case 'deleted':
      return deleted(sighting.by);
    case 'stale':
      if (sighting.hasImportError) return broken();
      if (isGone(before)) return before;
      if (doubt && !isDoubtedLong(before, at)) return doubted();
      return vanished(sighting.isFileInUse);
    default:
      if (isGone(before)) return before;
      if (doubt && !isDoubtedLong(before, at)) return doubted();
      // Asked for alone it could not be read: nothing is known of it, so all stays as it was.
      return isDoubtedLong(before, at) ? vanished(false) : before;
  }
}

function isDoubtedLong({ state, since }: Presence, at: Instant): boolean {
  return (
    state === 'doubted' &&
    since !== null &&
    Date.parse(at) - Date.parse(since) > DOUBTED_MS
  );
}

function broken(): Next {
  return { state: 'broken', reason: 'Airflow cannot import its file' };
}

function unparsed(): Next {
  return {
    state: 'unparsed',
    reason: 'Airflow has not parsed its file for far longer than others',
  };
}

function doubted(): Next {
  return {
    state: 'doubted',
    reason: 'Airflow does not list it, nor many others at once',
  };
}

function vanished(isFileInUse: boolean): Next {
  return {
    state: 'vanished',
    reason: isFileInUse
      ? 'its file is there but no longer holds it'
      : 'Airflow finds it in no file any more',
  };
}

function deleted(by: string | null): Next {
  return {
    state: 'deleted',
    reason:
      by === null
        ? 'it is no longer in Airflow’s database'
        : `${by} deleted it in Airflow`,
  };
}

/** A file that was parsed at least this long after another is not behind, however fast a cluster is. */
const OVERDUE_MS = 60 * 60_000;
const OVERDUE_SHARE = 3;

/**
 * Before which moment a file was parsed too long ago: an hour behind the newest, and three times as far behind as half
 * of all files are. How often Airflow parses is for its owner to set, from seconds to a day.
 */
export function overdueBefore(parsed: readonly Instant[]): Instant | null {
  const moments = parsed
    .map(moment => Date.parse(moment))
    .sort((a, b) => b - a);
  const [newest] = moments;
  if (newest === undefined) return null;
  const median = moments[Math.floor(moments.length / 2)];
  const behindMs = Math.max(OVERDUE_MS, OVERDUE_SHARE * (newest - median));
  return new Date(newest - behindMs).toISOString();
}

/**
 * Whether an import error is about the file of a DAG. Airflow 2 tells both as absolute paths, Airflow 3 both from their
 * bundle on, save for an error within a zip, which 3.3.2 tells as an absolute path. Of a zip that cannot be opened the
 * error names the zip, and the DAG a file in it.
 */
export function isOfFile(filename: string, location: string | null): boolean {
  if (location === null) return false;
  return (
    location === filename ||
    location.endsWith(`/${filename}`) ||
    filename.endsWith(`/${location}`) ||
    location.startsWith(`${filename}/`) ||
    location.includes(`/${filename}/`)
  );
}
