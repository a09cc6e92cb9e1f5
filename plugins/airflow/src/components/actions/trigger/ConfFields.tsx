import { Text, TextAreaField } from '@backstage/ui';
import { useId } from 'react';
import type { DagName } from '../../../hooks/useDag';
import { ParamFields } from '../../params';
import { RecentConf } from './RecentConf';
import styles from './TriggerForm.module.css';
import type { TriggerValues } from './useTriggerValues';

/** The conf of the new run, as a field for each param and as JSON. */
export function ConfFields(props: { dag: DagName; values: TriggerValues }) {
  const { dag, values } = props;
  const hasParams = values.params.fields.length > 0;
  const json = <ConfJson values={values} />;
  return (
    <>
      <RecentConf dag={dag} onConf={values.params.replace} />
      <ParamFields values={values.params} />
      {hasParams ? (
        <details className={styles.more} data-kind="trigger-json">
          <summary>All of it as JSON</summary>
          {json}
        </details>
      ) : (
        json
      )}
    </>
  );
}

function ConfJson({ values }: { values: TriggerValues }) {
  const { json, jsonError, setJson } = values;
  const errorId = useId();
  return (
    <>
      <TextAreaField
        label="Configuration (JSON)"
        value={json}
        onChange={setJson}
        rows={8}
        isInvalid={jsonError !== undefined}
        aria-describedby={jsonError ? errorId : undefined}
        className={styles.conf}
        data-kind="trigger-conf"
      />
      {jsonError && (
        <Text color="danger" variant="body-small" role="alert" id={errorId}>
          {jsonError}
        </Text>
      )}
    </>
  );
}
