import { Text, TextAreaField } from '@backstage/ui';
import { useId } from 'react';
import type { DagName } from '../../../data/useDag';
import { ParamFields } from '../../params';
import styles from './conf.module.css';
import { More } from './More';
import { RecentConf } from './RecentConf';
import type { ConfValues } from './useConfValues';

/** The conf of new runs, as a field for each param and as JSON. */
export function ConfFields(props: { dag: DagName; values: ConfValues }) {
  const { dag, values } = props;
  const hasParams = values.params.fields.length > 0;
  const json = <ConfJson values={values} />;
  return (
    <>
      <RecentConf dag={dag} onConf={values.params.replace} />
      <ParamFields values={values.params} />
      {hasParams ? (
        <More title="All of it as JSON" kind="trigger-json">
          {json}
        </More>
      ) : (
        json
      )}
    </>
  );
}

function ConfJson({ values }: { values: ConfValues }) {
  const { json, jsonError, setJson } = values;
  const errorId = useId();
  return (
    <>
      <TextAreaField
        label="Configuration (JSON)"
        description="What is sent; every other param takes its default"
        value={json}
        onChange={setJson}
        rows={8}
        isInvalid={jsonError !== undefined}
        aria-describedby={jsonError ? errorId : undefined}
        className={styles.json}
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
