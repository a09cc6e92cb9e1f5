import {
  dagRunStates,
  dagRunTypes,
  taskStates,
  type DagRunState,
  type DagRunType,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';

/** A newer Airflow may know more of them, and one that was tampered with has runs without any. */
export const runState = z
  .unknown()
  .optional()
  .transform(
    (raw): DagRunState =>
      dagRunStates.find(known => known === raw) ?? 'unknown',
  );

/** What Airflow 3 calls assets, Airflow 2 called datasets. */
export const runType = z
  .unknown()
  .optional()
  .transform((raw): DagRunType => {
    if (raw === 'dataset_triggered') return 'asset_triggered';
    return dagRunTypes.find(known => known === raw) ?? 'unknown';
  });

/** Null, and the text `none` of some releases, stand for what is not scheduled yet. */
export const taskState = z
  .unknown()
  .optional()
  .transform((raw): TaskState => {
    if (raw === null || raw === undefined || raw === '' || raw === 'None') {
      return 'none';
    }
    return taskStates.find(known => known === raw) ?? 'unknown';
  });
