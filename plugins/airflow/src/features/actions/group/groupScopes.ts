import type { ClearScope } from '../clear/scopes';
import type { MarkScope } from '../mark/markScopes';

/** A task group with the tasks in it, those of groups within it too. */
export interface TaskGroup {
  groupId: string;
  taskIds: readonly string[];
}

/** Every instance of every task. */
function tasksOf({ taskIds }: TaskGroup) {
  return taskIds.map(taskId => ({ taskId, mapIndex: null }));
}

/** What can be cleared of a group, the usual choice first. */
export function groupClears(group: TaskGroup): ClearScope[] {
  const tasks = tasksOf(group);
  const { groupId } = group;
  return [
    {
      id: 'failed',
      text: `Failed tasks of ${groupId}`,
      clearing: { tasks, downstream: false, onlyFailed: true },
    },
    {
      id: 'task',
      text: `All of ${groupId}`,
      clearing: { tasks, downstream: false, onlyFailed: false },
    },
    {
      id: 'downstream',
      text: `All of ${groupId} and everything downstream`,
      clearing: { tasks, downstream: true, onlyFailed: false },
    },
  ];
}

/** A group is marked as it is: what comes after has a state of its own. */
export function groupMarks(group: TaskGroup): MarkScope[] {
  return [
    {
      id: 'task',
      text: `All of ${group.groupId}`,
      marking: { tasks: tasksOf(group), upstream: false, downstream: false },
    },
  ];
}
