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
    (told): DagRunState =>
      dagRunStates.find(known => known === told) ?? 'unknown',
  );

/** What Airflow 3 calls assets, Airflow 2 called datasets. */
export const runType = z
  .unknown()
  .optional()
  .transform((told): DagRunType => {
    if (told === 'dataset_triggered') return 'asset_triggered';
    return dagRunTypes.find(known => known === told) ?? 'unknown';
  });

/** Null, and the text `none` of some releases, stand for what is not scheduled yet. */
export const taskState = z
  .unknown()
  .optional()
  .transform((told): TaskState => {
    if (told === null || told === undefined || told === '' || told === 'None') {
      return 'none';
    }
    return taskStates.find(known => known === told) ?? 'unknown';
  });
