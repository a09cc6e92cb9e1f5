import type { Pool } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { usePools } from '../../hooks/useDeployment';
import { Empty, Loaded } from '../feedback';
import { Table } from '../layout';
import styles from './ClusterPage.module.css';
import type { ClusterTabProps } from './ClusterTabProps';

const columns = [
  { title: 'Pool' },
  { title: 'Use' },
  { title: 'Slots', isNumber: true },
  { title: 'Running', isNumber: true },
  { title: 'Queued', isNumber: true },
  { title: 'Waiting', isNumber: true },
  { title: 'Deferred', isNumber: true },
  { title: 'Open', isNumber: true },
];

/** Which pools hold tasks up. */
export function Pools({ cluster }: ClusterTabProps) {
  const pools = usePools(cluster.name);
  return (
    <Loaded what="pools" query={pools} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>This Airflow tells of no pools.</Empty>
        ) : (
          <Table label="Pools" columns={columns}>
            {items.map(pool => (
              <PoolRow key={pool.name} pool={pool} />
            ))}
          </Table>
        )
      }
    </Loaded>
  );
}

function PoolRow({ pool }: { pool: Pool }) {
  const { name, description, slots, open, countsDeferred } = pool;
  return (
    <tr data-kind="pool-row" data-pool={name}>
      <td data-label="Pool" data-main>
        <div>
          <code>{name}</code>
          {description && (
            <Text as="p" variant="body-x-small" color="secondary">
              {description}
            </Text>
          )}
        </div>
      </td>
      <td data-label="Use">
        <PoolUse pool={pool} />
      </td>
      <td data-label="Slots" data-number>
        {slots ?? 'no limit'}
      </td>
      <td data-label="Running" data-number>
        {pool.running}
      </td>
      <td data-label="Queued" data-number>
        {pool.queued}
      </td>
      <td data-label="Waiting" data-number>
        {pool.scheduled}
      </td>
      <td data-label="Deferred" data-number>
        {pool.deferred}
        {countsDeferred && <small> (keep their slots)</small>}
      </td>
      <td data-label="Open" data-number>
        {open ?? 'no limit'}
        {open === 0 && <strong> full</strong>}
      </td>
    </tr>
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
