import {
  logLevels,
  type LogEntry,
  type LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** A row of the log as it is drawn. */
export interface LogRow {
  /** Place in the log, counted from one. */
  nr: number;
  kind: 'line' | 'group' | 'notice';
  text: string;
  level: LogLevel | null;
  time: string | null;
  source: string | null;
  /** How many groups it is in. */
  depth: number;
  /** Of a group: whether what is in it is hidden. */
  isFolded: boolean;
}

export interface LogFilter {
  /** Rows below this level are hidden; those without a level belong to `info`. */
  lowest: LogLevel;
  /** Groups, by the place of their first row, that are open or closed against the rule. */
  toggled: ReadonlySet<number>;
}

function rank(level: LogLevel | null): number {
  return logLevels.indexOf(level ?? 'info');
}

/** Airflow's own groups are about where the log was found and what it did before and after. */
const ofAirflow = /^(log message source|(pre|post) (task|execute))/i;

/** Places of the groups that begin folded: Airflow's own, unless there is an error in them. */
function foldedAtFirst(entries: readonly LogEntry[]): Set<number> {
  const folded = new Set<number>();
  const open: number[] = [];
  entries.forEach((entry, i) => {
    if (entry.kind === 'group-start') {
      open.push(i + 1);
      if (ofAirflow.test(entry.title)) folded.add(i + 1);
    } else if (entry.kind === 'group-end') {
      open.pop();
    } else if (rank(entry.level) >= rank('error')) {
      for (const nr of open) folded.delete(nr);
    }
  });
  return folded;
}

/** The rows of a log that a reader wants to see, in order. */
export function visibleRows(
  entries: readonly LogEntry[],
  filter: LogFilter,
): LogRow[] {
  const rows: LogRow[] = [];
  const folded = foldedAtFirst(entries);
  const open: { isFolded: boolean }[] = [];
  entries.forEach((entry, i) => {
    const nr = i + 1;
    const isHidden = open.some(({ isFolded }) => isFolded);
    if (entry.kind === 'group-end') {
      open.pop();
    } else if (entry.kind === 'group-start') {
      const isFolded = folded.has(nr) !== filter.toggled.has(nr);
      if (!isHidden) {
        rows.push({
          ...bare(nr, 'group', entry.title, null, open.length),
          isFolded,
        });
      }
      open.push({ isFolded });
    } else if (!isHidden && rank(entry.level) >= rank(filter.lowest)) {
      rows.push(
        entry.kind === 'line'
          ? {
              ...bare(nr, 'line', entry.text, entry.level, open.length),
              time: entry.time,
              source: entry.source,
            }
          : bare(nr, 'notice', entry.text, entry.level, open.length),
      );
    }
  });
  return rows;
}

function bare(
  nr: number,
  kind: LogRow['kind'],
  text: string,
  level: LogLevel | null,
  depth: number,
): LogRow {
  return {
    nr,
    kind,
    text,
    level,
    time: null,
    source: null,
    depth,
    isFolded: false,
  };
}

/** Places of the rows that hold a text, without regard to case. */
export function findRows(rows: readonly LogRow[], wanted: string): number[] {
  const text = wanted.trim().toLowerCase();
  if (text === '') return [];
  return rows.flatMap((row, i) =>
    row.text.toLowerCase().includes(text) ? [i] : [],
  );
}

/** Place of the first row that tells of an error; -1 when none does. */
export function firstErrorRow(rows: readonly LogRow[]): number {
  return rows.findIndex(
    ({ kind, level }) => kind === 'line' && rank(level) >= rank('error'),
  );
}
