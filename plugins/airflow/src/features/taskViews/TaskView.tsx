import type { ReactNode } from 'react';
import styles from './taskViews.module.css';

/** Many tasks at a glance: as a grid, a graph or a Gantt chart. */
export function TaskView(props: { kind: string; children: ReactNode }) {
  return (
    <div className={styles.view} data-kind={props.kind}>
      {props.children}
    </div>
  );
}

/** What is above the tasks: which of them are shown, and how. What needs room is marked `data-wide`, or `data-widest`. */
export function TaskControls(props: { children: ReactNode }) {
  return <div className={styles.controls}>{props.children}</div>;
}

/** What the signs in a view mean. */
export function TaskLegend(props: { children: ReactNode }) {
  return <div className={styles.legend}>{props.children}</div>;
}
