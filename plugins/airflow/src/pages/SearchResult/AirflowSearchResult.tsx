import type { AirflowSearchDocument } from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  ResultHighlight,
  SearchDocument,
} from '@backstage/plugin-search-common';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { refName } from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { presenceWord } from '../../ui/state';
import styles from './AirflowSearchResult.module.css';

/**
 * What the portal's search gives to each of its result items.
 *
 * @public
 */
export interface AirflowSearchResultProps {
  /** Drawn before the result. */
  icon?: ReactNode;
  /** What was found; other than a DAG or a cluster, nothing is drawn. */
  result?: SearchDocument | AirflowSearchDocument;
  /** Which words of it were searched for. */
  highlight?: ResultHighlight;
  /** Its place among the results. */
  rank?: number;
}

/** A DAG or a cluster among the results of the portal's search. */
export function AirflowSearchResult({
  icon,
  result,
  highlight,
}: AirflowSearchResultProps) {
  const paths = useAirflowPaths();
  if (!result || !('dagId' in result)) return null;
  const { kind, cluster, dagId, description, owner, state, presence, tags } =
    result;
  const marked = (field: 'title' | 'text', otherwise: string) => {
    const found = highlight?.fields[field];
    if (!highlight || !found) return otherwise;
    const { preTag, postTag } = highlight;
    return (
      <HighlightedSearchResultText
        text={found}
        preTag={preTag}
        postTag={postTag}
      />
    );
  };
  const facts = [
    kind === 'dag' ? `DAG of ${cluster}` : 'Airflow cluster',
    // An index that was built before presence was known has none.
    presence && presence !== 'listed' && presenceWord(presence),
    state,
    owner && refName(owner),
    ...tags,
  ];
  return (
    <div className={styles.result} data-kind="airflow-search-result">
      {icon}
      <div>
        <Link
          className={styles.title}
          to={
            kind === 'dag'
              ? paths.dag({ cluster, dagId })
              : paths.cluster(cluster)
          }
        >
          {marked('title', result.title)}
        </Link>
        <Text variant="body-small" color="secondary" as="p">
          {facts.filter(Boolean).join(' · ')}
        </Text>
        <Text variant="body-small" as="p" className={styles.text}>
          {marked('text', description)}
        </Text>
      </div>
    </div>
  );
}
