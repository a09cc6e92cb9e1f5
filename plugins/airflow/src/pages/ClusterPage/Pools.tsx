import type { Pool } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { usePools } from '../../data/useDeployment';
import { Empty, Loaded } from '../../ui/feedback';
import { Table, type Column } from '../../ui/layout';
import styles from './ClusterPage.module.css';
import type { ClusterTabProps } from './ClusterTabProps';

const columns: readonly Column<Pool>[] = [
  { title: 'Pool', isMain: true, cell: pool => <PoolName pool={pool} /> },
  { title: 'Use', cell: pool => <PoolUse pool={pool} /> },
  { title: 'Slots', isNumber: true, cell: ({ slots }) => slots ?? 'no limit' },
  { title: 'Running', isNumber: true, cell: ({ running }) => running },
  { title: 'Queued', isNumber: true, cell: ({ queued }) => queued },
  { title: 'Waiting', isNumber: true, cell: ({ scheduled }) => scheduled },
  {
    title: 'Deferred',
    isNumber: true,
    cell: ({ deferred, countsDeferred }) => (
      <>
        {deferred}
        {countsDeferred && <small> (keep their slots)</small>}
      </>
    ),
  },
  {
    title: 'Open',
    isNumber: true,
    cell: ({ open }) => (
      <>
        {open ?? 'no limit'}
        {open === 0 && <strong> full</strong>}
      </>
    ),
  },
];

/** Which pools hold tasks up. */
export function Pools({ cluster }: ClusterTabProps) {
  const pools = usePools(cluster.name);
  return (
    <Loaded what="pools" query={pools} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>No pools.</Empty>
        ) : (
          <Table
            label="Pools"
            kind="pool-row"
            columns={columns}
            rows={items}
            keyOf={({ name }) => name}
            marksOf={({ name }) => ({ 'data-pool': name })}
          />
        )
      }
    </Loaded>
  );
}

function PoolName({ pool: { name, description } }: { pool: Pool }) {
  return (
    <div>
      <code>{name}</code>
      {description && (
        <Text as="p" variant="body-x-small" color="secondary">
          {description}
        </Text>
      )}
    </div>
  );
}

function PoolUse({ pool: { name, slots, open } }: { pool: Pool }) {
  if (slots === null || open === null || slots === 0) return <>–</>;
  return (
    <meter
      className={styles.meter}
      min={0}
      max={slots}
      value={slots - open}
      aria-label={`Slots of ${name} in use`}
    >
      {slots - open} of {slots}
    </meter>
  );
}
