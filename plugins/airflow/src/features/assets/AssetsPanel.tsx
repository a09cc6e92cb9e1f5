import type { Asset } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useDagAssets } from '../../data/useAssets';
import type { DagName } from '../../data/useDag';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Empty, Loaded } from '../../ui/feedback';
import { Fold, Section } from '../../ui/layout';
import { Moment } from '../../ui/time';
import { AssetEvents } from './AssetEvents';
import styles from './assets.module.css';

/** What a DAG waits for and what it writes, with who else has to do with it. */
export function AssetsPanel({ name }: { name: DagName }) {
  const assets = useDagAssets(name);
  const { dagId } = name;
  const awaits = ({ consumers }: Asset) => consumers.includes(dagId);
  const writes = ({ producers }: Asset) =>
    producers.some(task => task.dagId === dagId);
  return (
    <Loaded what="assets" query={assets} rows={3}>
      {({ items }) => (
        <>
          <Section title="Runs when these are written" kind="assets-in">
            <AssetList dag={name} assets={items.filter(awaits)}>
              It does not wait for any asset or dataset.
            </AssetList>
          </Section>
          <Section title="Writes" kind="assets-out">
            <AssetList dag={name} assets={items.filter(writes)}>
              None of its tasks writes an asset or dataset, as far as Airflow
              knows.
            </AssetList>
          </Section>
        </>
      )}
    </Loaded>
  );
}

function AssetList(props: {
  dag: DagName;
  assets: readonly Asset[];
  children: ReactNode;
}) {
  const { dag, assets, children } = props;
  if (assets.length === 0) return <Empty>{children}</Empty>;
  return (
    <ul className={styles.assets}>
      {assets.map(asset => (
        <li key={asset.id} data-kind="asset" data-asset={asset.uri}>
          <AssetFacts dag={dag} asset={asset} />
          <Fold title="When it was written">
            {() => <AssetEvents dag={dag} asset={asset} />}
          </Fold>
        </li>
      ))}
    </ul>
  );
}

function AssetFacts(props: { dag: DagName; asset: Asset }) {
  const { dag, asset } = props;
  const { name, uri, lastEventAt, producers, consumers } = asset;
  return (
    <>
      <code>{name}</code>
      {uri !== name && <Text color="secondary"> {uri}</Text>}
      {lastEventAt && (
        <Text as="p" variant="body-small">
          last written <Moment at={lastEventAt} />
        </Text>
      )}
      <Text as="p" variant="body-small">
        written by{' '}
        <Dags
          dag={dag}
          ids={producers.map(task => task.dagId)}
          none="no task that is known"
        />
        , awaited by <Dags dag={dag} ids={consumers} none="no DAG" />
      </Text>
    </>
  );
}

function Dags(props: { dag: DagName; ids: readonly string[]; none: string }) {
  const { dag, ids, none } = props;
  const paths = useAirflowPaths();
  if (ids.length === 0) return <>{none}</>;
  return (
    <>
      {[...new Set(ids)].map((dagId, index) => (
        <Fragment key={dagId}>
          {index > 0 && ', '}
          {dagId === dag.dagId ? (
            'this DAG'
          ) : (
            <Link to={paths.dag({ ...dag, dagId })}>{dagId}</Link>
          )}
        </Fragment>
      ))}
    </>
  );
}
