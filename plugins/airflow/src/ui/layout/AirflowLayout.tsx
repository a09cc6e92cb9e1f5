import { Container } from '@backstage/ui';
import type { ReactNode } from 'react';
import { Link, matchPath, useLocation } from 'react-router-dom';
import { ListAddresses, useListAddress } from '../address/ListAddresses';
import { useAirflowPaths } from '../address/useAirflowPaths';
import { ShortcutProvider } from '../shortcuts';
import styles from './layout.module.css';
import { LinksNotice } from './LinksNotice';

/** The frame of every page: the fleet's pages as tabs, then the page. */
export function AirflowLayout(props: {
  /** Beside the tabs. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <ListAddresses>
      <Container
        data-kind="airflow-page"
        className={`${styles.surface} ${styles.page}`}
      >
        <ShortcutProvider>
          <div className={styles.bar}>
            <FleetTabs />
            {props.aside}
          </div>
          <LinksNotice />
          {props.children}
        </ShortcutProvider>
      </Container>
    </ListAddresses>
  );
}

const tabs = [
  ['overview', 'Overview'],
  ['dags', 'DAGs'],
  ['alerts', 'Alerts'],
  ['clusters', 'Clusters'],
] as const;

function FleetTabs() {
  const paths = useAirflowPaths();
  const addressOf = useListAddress();
  const open = useOpenTab();
  return (
    <nav className={styles.tabs} aria-label="Airflow">
      {tabs.map(([tab, title]) => (
        <Link
          key={tab}
          to={addressOf(paths[tab])}
          className={tab === open ? 'active' : undefined}
          aria-current={tab === open ? 'page' : undefined}
          data-kind={`tab-${tab}`}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

/** A DAG and what is of it belong to the DAGs, though their addresses begin with their cluster. */
function useOpenTab(): (typeof tabs)[number][0] | undefined {
  const { overview, dags, alerts, clusters } = useAirflowPaths();
  const { pathname } = useLocation();
  const isAt = (path: string, end = false) =>
    matchPath({ path, end }, pathname) !== null;
  if (isAt(overview, true)) return 'overview';
  if (isAt(dags) || isAt(`${clusters}/:cluster/dags`)) return 'dags';
  if (isAt(alerts)) return 'alerts';
  return isAt(clusters) ? 'clusters' : undefined;
}
