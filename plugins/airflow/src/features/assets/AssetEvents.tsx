import type { Asset } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import { useAssetEvents } from '../../data/useAssets';
import type { DagName } from '../../data/useDag';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Empty, Loaded } from '../../ui/feedback';
import { Table } from '../../ui/layout';
import { Moment } from '../../ui/time';

/** The last writings of an asset, and which runs they started. */
export function AssetEvents(props: { dag: DagName; asset: Asset }) {
  const { dag, asset } = props;
  const { cluster } = dag;
  const events = useAssetEvents(dag, asset.id);
  const paths = useAirflowPaths();
  return (
    <Loaded what="writings" query={events} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>Not written yet.</Empty>
        ) : (
          <Table
            label={`Writings of ${asset.name}`}
            kind="asset-event"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                title: 'When',
                isMain: true,
                cell: ({ at }) => <Moment at={at} />,
              },
              {
                title: 'Written by',
                cell: ({ source }) =>
                  source ? (
                    <Link to={paths.run({ cluster, ...source })}>
                      {source.dagId} {source.runId}
                    </Link>
                  ) : (
                    'from outside, or by a DAG that you may not see'
                  ),
              },
              {
                title: 'Started',
                cell: ({ startedRuns }) =>
                  startedRuns.length === 0
                    ? '–'
                    : startedRuns.map((run, index) => (
                        <Fragment key={JSON.stringify(run)}>
                          {index > 0 && ', '}
                          <Link to={paths.run({ cluster, ...run })}>
                            {run.dagId}
                          </Link>
                        </Fragment>
                      )),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}
