import { Text } from '@backstage/ui';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useClusterOf } from '../../data/useClusters';
import { useListAddress } from '../address/ListAddresses';
import { useAirflowPaths } from '../address/useAirflowPaths';
import { ClusterName } from '../clusterName';
import { usePageTitle } from '../title/usePageTitle';
import styles from './layout.module.css';

/** Where a page belongs, from wide to narrow. */
export interface Place {
  list: 'dags' | 'alerts' | 'clusters';
  cluster?: string;
  dagId?: string;
  runId?: string;
}

/** Way back, name, state and what can be done here, in one line where there is room for it. */
export function PageHead(props: {
  title: string;
  /** The places above this page. */
  above?: Place;
  /** How it stands, as a glyph before the title in the tab of the browser. */
  sign?: string;
  beside?: ReactNode;
  actions?: ReactNode;
}) {
  const { title, above, sign, beside, actions } = props;
  const signed = sign ? `${sign} ${title}` : title;
  return (
    <header className={styles.head}>
      <TabTitle text={signed} above={above} />
      {above && <Breadcrumbs above={above} />}
      <Text as="h1" variant="title-x-small" className={styles.title}>
        {title}
      </Text>
      {beside}
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** What the page is and where, in the tab of the browser. */
function TabTitle({ text, above }: { text: string; above?: Place }) {
  const { cluster, dagId } = above ?? {};
  const within = dagId === undefined ? text : `${text} · ${dagId}`;
  return cluster === undefined ? (
    <PlainTitle text={within} />
  ) : (
    <ClusterTitle text={within} cluster={cluster} />
  );
}

function PlainTitle({ text }: { text: string }) {
  usePageTitle(text);
  return null;
}

function ClusterTitle({ text, cluster }: { text: string; cluster: string }) {
  usePageTitle(`${text} · ${useClusterOf({ cluster })?.title ?? cluster}`);
  return null;
}

const listNames = { dags: 'DAGs', alerts: 'Alerts', clusters: 'Clusters' };

function Breadcrumbs({ above }: { above: Place }) {
  const paths = useAirflowPaths();
  const addressOf = useListAddress();
  const { list, cluster, dagId, runId } = above;
  const crumbs: { to: string; text: ReactNode }[] = [
    { to: addressOf(paths[list]), text: listNames[list] },
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
          <span aria-hidden="true">/</span>
        </Fragment>
      ))}
    </nav>
  );
}
