import { Container } from '@backstage/ui';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { useAirflowPaths } from '../address/useAirflowPaths';
import styles from './layout.module.css';
import { LinksNotice } from './LinksNotice';

/** The frame of every page: the fleet's pages as tabs, then the page. */
export function AirflowLayout(props: { children: ReactNode }) {
  const paths = useAirflowPaths();
  return (
    <Container
      data-kind="airflow-page"
      className={`${styles.surface} ${styles.page}`}
    >
      <nav className={styles.tabs} aria-label="Airflow">
        <NavLink to={paths.overview} end data-kind="tab-overview">
          Overview
        </NavLink>
        <NavLink to={paths.dags} data-kind="tab-dags">
          DAGs
        </NavLink>
        <NavLink to={paths.alerts} data-kind="tab-alerts">
          Alerts
        </NavLink>
        <NavLink to={paths.clusters} data-kind="tab-clusters">
          Clusters
        </NavLink>
      </nav>
      <LinksNotice />
      {props.children}
    </Container>
  );
}
