import type { DagVersion } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Flex, Select, Text } from '@backstage/ui';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { DagName } from '../../data/useDag';
import { useDagSource, useDagVersions } from '../../data/useDagSource';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Loaded } from '../../ui/feedback';
import styles from './code.module.css';
import { CodeLines } from './CodeLines';
import { Comparison } from './Comparison';

const NONE = 'none';
const number = z.coerce.number<string>().int().min(1).optional();
const codeQuery = z.object({ version: number, against: number });

/** The file that a DAG is defined in; where Airflow keeps versions, any of them, and what changed between two. */
export function CodePanel(props: {
  name: DagName;
  dag: { fileLocation: string | null };
}) {
  const { name, dag } = props;
  const [query, change] = useUrlQuery(codeQuery);
  const versions = useDagVersions(name);
  const items = versions.data?.items ?? [];
  const { version, against } = query;
  return (
    <>
      {dag.fileLocation && (
        <Text as="p" variant="body-small" color="secondary">
          <code>{dag.fileLocation}</code>
        </Text>
      )}
      {items.length > 1 && (
        <Flex gap="3" className={styles.choices}>
          <Select
            label="Version"
            size="small"
            options={items.map(one => optionOf(one))}
            value={String(version ?? items[0].number)}
            onChange={chosen => change({ version: String(chosen) })}
            data-kind="code-version"
          />
          <Select
            label="Compare with"
            size="small"
            options={[
              { value: NONE, label: 'nothing' },
              ...items.map(one => optionOf(one)),
            ]}
            value={against === undefined ? NONE : String(against)}
            onChange={chosen =>
              change({ against: chosen === NONE ? null : String(chosen) })
            }
            data-kind="code-against"
          />
        </Flex>
      )}
      {against === undefined ? (
        <Source name={name} version={version} />
      ) : (
        <Compared name={name} version={version} against={against} />
      )}
    </>
  );
}

function optionOf({ number: nr, createdAt, bundleVersion }: DagVersion) {
  const made = DateTime.fromISO(createdAt).toFormat('d LLL yyyy HH:mm');
  const bundle = bundleVersion ? `, ${bundleVersion.slice(0, 10)}` : '';
  return { value: String(nr), label: `${nr} (${made}${bundle})` };
}

function Source(props: { name: DagName; version?: number }) {
  const source = useDagSource(props.name, props.version);
  return (
    <Loaded what="code" query={source} rows={12}>
      {({ code }) => <CodeLines code={code} />}
    </Loaded>
  );
}

function Compared(props: { name: DagName; version?: number; against: number }) {
  const { name, version, against } = props;
  const before = useDagSource(name, against);
  const after = useDagSource(name, version);
  return (
    <Loaded what="code" query={before} rows={12}>
      {old => (
        <Loaded what="code" query={after} rows={12}>
          {young => <Comparison before={old.code} after={young.code} />}
        </Loaded>
      )}
    </Loaded>
  );
}
