import {
  airflowEndpoints,
  type LogEntry,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { airflowApiRef } from '../../api';
import type { TaskName } from '../../hooks/useRuns';

/** More is not kept in the browser; the whole log can be downloaded. */
export const MOST_ENTRIES = 200_000;

/** Entries are drawn in batches of what came within this time. */
const BATCH_MS = 150;

/** The log of one attempt as far as it has come. */
export interface TaskLog {
  entries: readonly LogEntry[];
  /** True when there is more than the browser keeps. */
  isCut: boolean;
  isLoading: boolean;
  error: Error | null;
}

const nothing: TaskLog = {
  entries: [],
  isCut: false,
  isLoading: true,
  error: null,
};

/**
 * Streams the log of one attempt.
 *
 * @param reading - another number reads it again; what is shown stays until the new reading is there
 */
export function useTaskLog(
  name: TaskName,
  tryNumber: number,
  reading: number,
): TaskLog {
  const api = useApi(airflowApiRef);
  const [log, setLog] = useState(nothing);
  const { cluster, dagId, runId, taskId, mapIndex } = name;

  useEffect(() => {
    const gone = new AbortController();
    const entries: LogEntry[] = [];
    let drawnAt = Date.now();
    const isAgain = reading > 0;
    const draw = (more: Partial<TaskLog>) => {
      drawnAt = Date.now();
      if (gone.signal.aborted) return;
      setLog({ ...nothing, entries: [...entries], ...more });
    };
    const read = async () => {
      const stream = api.stream(airflowEndpoints.streamTaskLog, {
        params: { cluster, dagId, runId, taskId },
        query: { mapIndex, try: tryNumber },
        signal: gone.signal,
      });
      for await (const entry of stream) {
        if (entries.length >= MOST_ENTRIES) {
          draw({ isCut: true, isLoading: false });
          return;
        }
        entries.push(entry);
        if (!isAgain && Date.now() - drawnAt > BATCH_MS) draw({});
      }
      draw({ isLoading: false });
    };
    if (!isAgain) setLog(nothing);
    read().catch(error => draw({ isLoading: false, error }));
    return () => gone.abort();
  }, [api, cluster, dagId, runId, taskId, mapIndex, tryNumber, reading]);

  return log;
}
