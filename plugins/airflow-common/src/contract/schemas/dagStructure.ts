import type {
  DagStructure,
  DagTask,
  TaskGroup,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';

/** Reads a `DagTask`. @public */
export const dagTaskSchema: Schema<DagTask> = schemaOf(
  z.object({
    taskId: z.string(),
    label: z.string(),
    groupId: z.string().nullable(),
    operator: z.string().nullable(),
    isMapped: z.boolean(),
    triggerRule: z.string(),
    upstream: z.array(z.string()),
    downstream: z.array(z.string()),
  }),
);

/** Reads a `TaskGroup`. @public */
export const taskGroupSchema: Schema<TaskGroup> = schemaOf(
  z.object({
    groupId: z.string(),
    label: z.string(),
    parentId: z.string().nullable(),
  }),
);

/** Reads a `DagStructure`. @public */
export const dagStructureSchema: Schema<DagStructure> = schemaOf(
  z.object({
    tasks: z.array(dagTaskSchema),
    groups: z.array(taskGroupSchema),
  }),
);
