import type { TaskValue } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import styles from './TaskPage.module.css';

/** A value as text, whatever it holds; a long one says how much of it is shown. */
export function ValueText(props: { label: string; value: TaskValue }) {
  const { label, value } = props;
  const { text, length, isCut } = value;
  return (
    <>
      <pre
        className={styles.value}
        aria-label={label}
        // Scrolled by keyboard, so it takes the focus.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-kind="task-value"
      >
        {text}
      </pre>
      {isCut && (
        <Text as="p" variant="body-small" color="secondary">
          The beginning of {length.toLocaleString()} characters. Open the task
          in Airflow for all of it.
        </Text>
      )}
    </>
  );
}
