import { Text } from '@backstage/ui';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../address/useAirflowPaths';
import { ClusterName } from '../clusterName';
import styles from './layout.module.css';

/** What a page is about, from wide to narrow. */
export interface Place {
  cluster?: string;
  dagId?: string;
  runId?: string;
}

/** Way back, name, and what can be done here. */
export function PageHead(props: {
  title: string;
  /** The places above this page. */
  above?: Place;
  beside?: ReactNode;
  actions?: ReactNode;
}) {
  const { title, above, beside, actions } = props;
  return (
    <header className={styles.head}>
      {above && <Breadcrumbs above={above} />}
      <div className={styles.title}>
        <Text as="h2" variant="title-small">
          {title}
        </Text>
        {beside}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </header>
  );
}

function Breadcrumbs({ above }: { above: Place }) {
  const paths = useAirflowPaths();
  const { cluster, dagId, runId } = above;
  const crumbs: { to: string; text: ReactNode }[] = [
    { to: paths.clusters, text: 'Clusters' },
  ];
  if (cluster !== undefined) {
    const text = <ClusterName cluster={cluster} />;
    crumbs.push({ to: paths.cluster(cluster), text });
    if (dagId !== undefined) {
      crumbs.push({ to: paths.dag({ cluster, dagId }), text: dagId });
      if (runId !== undefined) {
        crumbs.push({ to: paths.run({ cluster, dagId, runId }), text: runId });
      }
    }
  }
  return (
    <nav className={styles.crumbs} aria-label="Breadcrumbs">
      {crumbs.map(({ to, text }) => (
        <Fragment key={to}>
          <Link to={to} title={typeof text === 'string' ? text : undefined}>
            {text}
          </Link>
          <span aria-hidden="true"> / </span>
        </Fragment>
      ))}
    </nav>
  );
}
