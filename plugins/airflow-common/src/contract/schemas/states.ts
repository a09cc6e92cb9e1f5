import {
  dagRunStates,
  dagRunTypes,
  taskStates,
  type DagRunState,
  type DagRunType,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';

/** Reads a `DagRunState`. @public */
export const dagRunStateSchema: Schema<DagRunState> = schemaOf(
  z.enum(dagRunStates),
);

/** Reads a `TaskState`. @public */
export const taskStateSchema: Schema<TaskState> = schemaOf(z.enum(taskStates));

/** Reads a `DagRunType`. @public */
export const dagRunTypeSchema: Schema<DagRunType> = schemaOf(
  z.enum(dagRunTypes),
);
