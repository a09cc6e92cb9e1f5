import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { airflowApiRef } from '../../data/api';
import type { TaskName } from '../../data/useRuns';
import { placesOf } from './logRows';

/** Of a long log so many entries of the beginning and of the end are kept; the whole of it can be downloaded. */
const ENDS = 10_000;

/** Entries are drawn in batches of what came within this time; the first ones sooner, since somebody waits for them. */
const BATCH_MS = 150;
const FIRST_BATCH_MS = 10;

/** While a task runs, what was added to its log is read this often, or less where reading takes long. */
const FOLLOW_MS = 3_000;

/** The log of one attempt as far as it has come. */
export interface TaskLog {
  entries: readonly LogEntry[];
  isLoading: boolean;
  error: Error | null;
}

const nothing: TaskLog = { entries: [], isLoading: true, error: null };

/** Keeps no more of a growing log than its ends. */
function trimmed(entries: LogEntry[]): LogEntry[] {
  if (entries.length <= 3 * ENDS) return entries;
  const left = countPlaces(entries.slice(ENDS, -ENDS));
  return [
    ...entries.slice(0, ENDS),
    { kind: 'gap', entries: left },
    ...entries.slice(-ENDS),
  ];
}

function countPlaces(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, entry) => sum + placesOf(entry), 0);
}

/**
 * Streams the log of one attempt.
 *
 * @param reading - another number reads it again; what is shown stays until the new reading is there
 */
export function useTaskLog(
  name: TaskName,
  tryNumber: number,
  options: { goesOn: boolean; follows: boolean; reading: number },
): TaskLog {
  const api = useApi(airflowApiRef);
  const [log, setLog] = useState(nothing);
  const { cluster, dagId, runId, taskId, mapIndex } = name;
  const { goesOn, reading } = options;
  const follows = useRef(options.follows);
  follows.current = options.follows;
  const isAgain = useRef(false);

  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const draw = (entries: LogEntry[], more: Partial<TaskLog>) => {
      if (!signal.aborted) setLog({ ...nothing, entries, ...more });
    };
    const read = async (known: LogEntry[], drawsBetween: boolean) => {
      const entries = [...known];
      // What comes first is drawn at once.
      let drawnAt = 0;
      let batchMs = FIRST_BATCH_MS;
      const stream = api.stream(airflowEndpoints.streamTaskLog, {
        params: { cluster, dagId, runId, taskId },
        query: {
          mapIndex,
          try: tryNumber,
          ends: ENDS,
          after: countPlaces(known),
        },
        signal,
      });
      for await (const entry of stream) {
        entries.push(entry);
        if (drawsBetween && Date.now() - drawnAt > batchMs) {
          draw([...entries], {});
          if (drawnAt > 0) batchMs = Math.min(2 * batchMs, BATCH_MS);
          drawnAt = Date.now();
        }
      }
      const kept = trimmed(entries);
      draw(kept, { isLoading: false });
      return kept;
    };
    // What cannot be read now may be a little later.
    const readOn = async (known: LogEntry[], drawsBetween: boolean) => {
      try {
        return await read(known, drawsBetween);
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (!signal.aborted) {
          setLog(({ entries }) => ({ entries, isLoading: false, error }));
        }
        return known;
      }
    };
    const follow = async () => {
      // A log that is complete is read anew from its beginning, since Airflow may have put it together otherwise.
      let startedAt = Date.now();
      let entries = await readOn([], !isAgain.current);
      isAgain.current = true;
      while (goesOn && !signal.aborted) {
        await pause(Math.max(FOLLOW_MS, 2 * (Date.now() - startedAt)), signal);
        startedAt = Date.now();
        const isLookedAt = document.visibilityState === 'visible';
        if (!follows.current || !isLookedAt || signal.aborted) continue;
        entries = await readOn(entries, false);
      }
    };
    follow();
    return () => gone.abort();
  }, [
    api,
    cluster,
    dagId,
    runId,
    taskId,
    mapIndex,
    tryNumber,
    goesOn,
    reading,
  ]);

  return log;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}
