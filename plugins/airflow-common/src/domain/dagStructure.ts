import { z } from 'zod';

/**
 * A task as the DAG declares it, whether or not it ever ran.
 *
 * @public
 */
export const dagTaskSchema = z.object({
  taskId: z.string(),
  /** What its author calls it, without the group that it is in. */
  label: z.string(),
  /** The innermost task group that it is in; null outside all groups. */
  groupId: z.string().nullable(),
  operator: z.string().nullable(),
  /** Whether it has as many instances as there is to do. */
  isMapped: z.boolean(),
  triggerRule: z.string(),
  upstream: z.array(z.string()),
  downstream: z.array(z.string()),
});

/**
 * A task as the DAG declares it; see {@link dagTaskSchema}.
 *
 * @public
 */
export type DagTask = z.infer<typeof dagTaskSchema>;

/**
 * A task group. Its id is the path of the groups that it is in.
 *
 * @public
 */
export const taskGroupSchema = z.object({
  groupId: z.string(),
  label: z.string(),
  /** The group that it is in; null for one that is in none. */
  parentId: z.string().nullable(),
});

/**
 * A task group; see {@link taskGroupSchema}.
 *
 * @public
 */
export type TaskGroup = z.infer<typeof taskGroupSchema>;

/**
 * The tasks of a DAG as it is now, each after those that it waits for, and the groups that they are in, each after the
 * one that it is in.
 *
 * @public
 */
export const dagStructureSchema = z.object({
  tasks: z.array(dagTaskSchema),
  groups: z.array(taskGroupSchema),
});

/**
 * The tasks and groups of a DAG; see {@link dagStructureSchema}.
 *
 * @public
 */
export type DagStructure = z.infer<typeof dagStructureSchema>;
