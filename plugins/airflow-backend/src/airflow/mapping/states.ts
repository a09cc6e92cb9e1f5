import {
  dagRunStates,
  dagRunTypes,
  taskStates,
  type DagRunState,
  type DagRunType,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';

/** A newer Airflow may know more of them. */
export const runState = z
  .string()
  .transform(
    (text): DagRunState =>
      dagRunStates.find(known => known === text) ?? 'unknown',
  );

/** What Airflow 3 calls assets, Airflow 2 called datasets. */
export const runType = z.string().transform((text): DagRunType => {
  if (text === 'dataset_triggered') return 'asset_triggered';
  return dagRunTypes.find(known => known === text) ?? 'unknown';
});

/** Null, and the text `none` of some releases, stand for what is not scheduled yet. */
export const taskState = z
  .string()
  .nullish()
  .transform((text): TaskState => {
    if (!text || text === 'None') return 'none';
    return taskStates.find(known => known === text) ?? 'unknown';
  });
