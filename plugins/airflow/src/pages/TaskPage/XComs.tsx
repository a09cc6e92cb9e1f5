import type { XCom } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useId, useState } from 'react';
import type { TaskName } from '../../data/useRuns';
import { useXCom, useXComs } from '../../data/useTask';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { Moment } from '../../ui/time';
import styles from './TaskPage.module.css';
import type { TaskTabProps } from './TaskTabProps';
import { ValueText } from './ValueText';

/** What Airflow calls the value that a task returned. */
const RETURNED = 'return_value';

/** What the task left for others; a value is fetched when it is opened. */
export function XComs({ name }: TaskTabProps) {
  const xcoms = useXComs(name);
  if (xcoms.isPending) return <Loading what="XComs" />;
  if (!xcoms.data) {
    return (
      <ErrorPanel
        title="The XComs could not be read"
        error={xcoms.error}
        onRetry={() => xcoms.refetch()}
      />
    );
  }
  const { items } = xcoms.data;
  if (items.length === 0) return <Empty>This task left no XCom.</Empty>;
  return (
    <ul className={styles.values}>
      {items.map(xcom => (
        <Entry key={xcom.key} name={name} xcom={xcom} />
      ))}
    </ul>
  );
}

function Entry({ name, xcom }: { name: TaskName; xcom: XCom }) {
  const { key, storedAt } = xcom;
  const [isOpen, setIsOpen] = useState(key === RETURNED);
  const value = useXCom(name, key, isOpen);
  const id = useId();
  return (
    <li data-kind="xcom" data-key={key}>
      <button
        type="button"
        className={styles.key}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {key}
      </button>
      {storedAt && <Moment at={storedAt} />}
      <div id={id}>
        {isOpen && value.isPending && <Loading what={key} rows={2} />}
        {isOpen && value.error && (
          <ErrorPanel
            title="The value could not be read"
            error={value.error}
            onRetry={() => value.refetch()}
          />
        )}
        {isOpen && value.data && <ValueText label={key} value={value.data} />}
      </div>
    </li>
  );
}
