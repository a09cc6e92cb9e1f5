/**
 * A task as the DAG declares it, whether or not it ever ran.
 *
 * @public
 */
export type DagTask = {
  taskId: string;
  /** What its author calls it, without the group that it is in. */
  label: string;
  /** The innermost task group that it is in; null outside all groups. */
  groupId: string | null;
  operator: string | null;
  /** Whether it has as many instances as there is to do. */
  isMapped: boolean;
  triggerRule: string;
  upstream: string[];
  downstream: string[];
};

/**
 * A task group. Its id is the path of the groups that it is in.
 *
 * @public
 */
export type TaskGroup = {
  groupId: string;
  label: string;
  /** The group that it is in; null for one that is in none. */
  parentId: string | null;
};

/**
 * The tasks of a DAG as it is now, each after those that it waits for, and the groups that they are in, each after the
 * one that it is in.
 *
 * @public
 */
export type DagStructure = {
  tasks: DagTask[];
  groups: TaskGroup[];
};
