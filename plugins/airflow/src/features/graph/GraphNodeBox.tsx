import {
  leadingState,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { VisuallyHidden } from '@backstage/ui';
import type { RunTasks } from '../../data/useGrid';
import { stateGlyphs, stateLook, stateWord } from '../../ui/state';
import { durationText } from '../../ui/time';
import styles from './graph.module.css';
import type { GraphBox } from './layoutGraph';

/** A task or task group of the graph, in the colour of its state in the run. */
export function GraphNodeBox(props: {
  box: GraphBox;
  tasks: RunTasks | undefined;
  isCritical: boolean;
  /** While something else is looked for. */
  isFaint: boolean;
  onFold: (groupId: string) => void;
  onOpen: (taskId: string) => void;
  onFocus: () => void;
}) {
  const { box, tasks, isCritical, isFaint, onFold, onOpen, onFocus } = props;
  const { node, x, y, width, height } = box;
  const isGroup = node.task === null;
  const isOpen = isGroup && !node.isFolded;
  const state = tasks && stateOf(node.taskIds, tasks);
  const about = isGroup
    ? `${node.taskIds.length} tasks`
    : [node.task?.operator, tookText(node.id, tasks)]
        .filter(Boolean)
        .join(' · ');
  return (
    <div
      className={`${stateLook} ${isOpen ? styles.group : styles.node}`}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
      data-kind={isGroup ? 'graph-group' : 'graph-task'}
      data-task={node.id}
      data-state={state}
      data-critical={isCritical}
      data-faint={isFaint}
    >
      <button
        type="button"
        title={node.id}
        aria-expanded={isGroup ? isOpen : undefined}
        onClick={() => (isGroup ? onFold(node.id) : onOpen(node.id))}
        onFocus={onFocus}
      >
        <span className={styles.label}>
          {isGroup && (
            <span aria-hidden="true">{node.isFolded ? '▸ ' : '▾ '}</span>
          )}
          {node.label}
          {node.task?.isMapped && ' [ ]'}
        </span>
        <small className={styles.about}>
          {state && (
            <b className={styles.state}>
              <span aria-hidden="true">{stateGlyphs[state]}</span>{' '}
              {isOpen ? (
                <VisuallyHidden>{stateWord(state)}</VisuallyHidden>
              ) : (
                stateWord(state)
              )}
            </b>
          )}{' '}
          {!isOpen && about}
        </small>
      </button>
    </div>
  );
}

function stateOf(
  taskIds: readonly string[],
  tasks: RunTasks,
): TaskState | undefined {
  const states = taskIds.flatMap(id => tasks.get(id)?.state ?? []);
  return states.length > 0 ? leadingState(states) : undefined;
}

function tookText(taskId: string, tasks: RunTasks | undefined): string | null {
  const summary = tasks?.get(taskId);
  if (!summary?.startedAt || !summary.endedAt) return null;
  return durationText(
    Date.parse(summary.endedAt) - Date.parse(summary.startedAt),
  );
}
