import {
  logLevels,
  type LogEntry,
  type LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import Anser from 'anser';

/** A row of the log as it is drawn. */
export interface LogRow {
  /** Place in the log, counted from one. */
  nr: number;
  kind: 'line' | 'group' | 'notice' | 'gap';
  text: string;
  level: LogLevel | null;
  time: string | null;
  /** The time as it stands in the log, where nobody knows which moment it is. */
  wallClock: string | undefined;
  source: string | null;
  /** How many groups it is in. */
  depth: number;
  /** Of a group: whether what is in it is hidden. */
  isFolded: boolean;
  /** Of a group: how many lines are in it, and how many of them tell of errors. */
  lines: number;
  errors: number;
}

export interface LogFilter {
  /** Rows below this level are hidden; those without a level belong to `info`. */
  lowest: LogLevel;
  /** Groups, by the place of their first row, that are open or closed against the rule. */
  toggled: ReadonlySet<number>;
  /** What is searched for: groups that hold it are open. */
  wanted: string;
}

function rank(level: LogLevel | null): number {
  return logLevels.indexOf(level ?? 'info');
}

const isError = (level: LogLevel | null) => rank(level) >= rank('error');

/** Airflow's own groups are about where the log was found and what it did before and after. */
const ofAirflow = /^(log message source|(pre|post) (task|execute))/i;

/** How many places of the log an entry takes. */
export function placesOf(entry: LogEntry): number {
  return entry.kind === 'gap' ? entry.entries : 1;
}

interface Group {
  startsFolded: boolean;
  lines: number;
  errors: number;
}

/**
 * The groups by the place of their first row. Airflow's own begin folded, unless there is an error in them or what is
 * searched for.
 */
function groupsOf(
  entries: readonly LogEntry[],
  wanted: string,
): Map<number, Group> {
  const groups = new Map<number, Group>();
  const open: Group[] = [];
  let nr = 1;
  for (const entry of entries) {
    if (entry.kind === 'group-start') {
      const startsFolded = ofAirflow.test(entry.title);
      const group = { startsFolded, lines: 0, errors: 0 };
      groups.set(nr, group);
      open.push(group);
    } else if (entry.kind === 'group-end') {
      open.pop();
    } else if (entry.kind === 'gap') {
      // Whether what was open is still open after it is not known.
      open.length = 0;
    } else {
      const hasError = isError(entry.level);
      const opens = hasError || holds(entry.text, wanted);
      for (const group of open) {
        group.lines += 1;
        if (hasError) group.errors += 1;
        if (opens) group.startsFolded = false;
      }
    }
    nr += placesOf(entry);
  }
  return groups;
}

/** The rows of a log that a reader wants to see, in order. */
export function visibleRows(
  entries: readonly LogEntry[],
  filter: LogFilter,
): LogRow[] {
  const wanted = filter.wanted.trim().toLowerCase();
  const groups = groupsOf(entries, wanted);
  const rows: LogRow[] = [];
  const open: { isFolded: boolean }[] = [];
  let nr = 1;
  for (const entry of entries) {
    const isHidden = open.some(({ isFolded }) => isFolded);
    const depth = open.length;
    if (entry.kind === 'group-end') {
      open.pop();
    } else if (entry.kind === 'gap') {
      open.length = 0;
      rows.push(gapRow(nr, entry.entries));
    } else if (entry.kind === 'group-start') {
      const { startsFolded = false, ...counts } = groups.get(nr) ?? {};
      const isFolded = startsFolded !== filter.toggled.has(nr);
      if (!isHidden) {
        const row = bare(nr, 'group', entry.title, null, depth);
        rows.push({ ...row, ...counts, isFolded });
      }
      open.push({ isFolded });
    } else if (!isHidden && rank(entry.level) >= rank(filter.lowest)) {
      const row = bare(nr, entry.kind, entry.text, entry.level, depth);
      const { time, wallClock, source } = entry.kind === 'line' ? entry : row;
      rows.push({ ...row, time, wallClock, source });
    }
    nr += placesOf(entry);
  }
  return rows;
}

function gapRow(nr: number, entries: number): LogRow {
  const text = `${entries.toLocaleString()} lines are left out here; download the log to have them.`;
  return bare(nr, 'gap', text, null, 0);
}

function bare(
  nr: number,
  kind: LogRow['kind'],
  text: string,
  level: LogLevel | null,
  depth: number,
): LogRow {
  const counts = { lines: 0, errors: 0 };
  const unsaid = {
    ...{ time: null, wallClock: undefined, source: null },
    isFolded: false,
  };
  return { nr, kind, text, level, depth, ...counts, ...unsaid };
}

/** What is searched for is what is seen: colours may begin and end within it. */
function holds(text: string, wanted: string): boolean {
  if (wanted === '') return false;
  const seen = text.includes('\x1b') ? Anser.ansiToText(text) : text;
  return seen.toLowerCase().includes(wanted);
}

/** Places of the rows that hold a text, without regard to case. */
export function findRows(rows: readonly LogRow[], wanted: string): number[] {
  const text = wanted.trim().toLowerCase();
  return rows.flatMap((row, i) => (holds(row.text, text) ? [i] : []));
}

/** Place of the first row that tells of an error; -1 when none does. */
export function firstErrorRow(rows: readonly LogRow[]): number {
  return rows.findIndex(({ kind, level }) => kind === 'line' && isError(level));
}
