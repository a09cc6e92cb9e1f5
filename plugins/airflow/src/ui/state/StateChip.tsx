import type {
  DagRunState,
  TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import styles from './state.module.css';
import { stateGlyphs, stateWord } from './states';

/** A state in Airflow's colour, with its glyph and its word. */
export function StateChip(props: {
  state: TaskState | DagRunState;
  kind?: string;
}) {
  const { state, kind = 'state' } = props;
  return (
    <span
      className={`${styles.look} ${styles.chip}`}
      data-kind={kind}
      data-state={state}
    >
      <span aria-hidden="true">{stateGlyphs[state]}</span> {stateWord(state)}
    </span>
  );
}
