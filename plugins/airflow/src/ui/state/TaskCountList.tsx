import {
  taskStates,
  type TaskCounts,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { VisuallyHidden } from '@backstage/ui';
import styles from './state.module.css';
import { stateGlyphs, stateWord } from './states';

/** How many task instances of a run are in each state, in Airflow's colours. */
export function TaskCountList(props: { counts: TaskCounts }) {
  const present = taskStates.flatMap(state => {
    const count = props.counts[state];
    return count === undefined ? [] : [{ state, count }];
  });
  return (
    <ul className={styles.counts} aria-label="Task instances by state">
      {present.map(({ state, count }) => (
        <li
          key={state}
          className={`${styles.look} ${styles.chip}`}
          data-kind="task-count"
          data-state={state}
          title={`${count} ${stateWord(state)}`}
        >
          <span aria-hidden="true">{stateGlyphs[state]}</span> {count}
          <VisuallyHidden> {stateWord(state)}</VisuallyHidden>
        </li>
      ))}
    </ul>
  );
}
