import type { AirflowPaths } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useEffect, useState } from 'react';
import { useAlerts } from '../../data/useAlerts';
import { useClusters } from '../../data/useClusters';
import { useDags } from '../../data/useDags';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';

/** Where the palette leads. */
export interface Destination {
  kind: 'page' | 'cluster' | 'DAG' | 'alert';
  text: string;
  /** On which cluster it is. */
  where?: string;
  to: string;
}

const DAGS = 8;
const ALERTS = 5;
const PATIENCE_MS = 150;

/** What a text may mean: pages and clusters at once, DAGs and open alerts as soon as they are found. */
export function useDestinations(text: string): {
  destinations: readonly Destination[];
  isSearching: boolean;
  /** Why DAGs or alerts may be there that are not found. */
  error: Error | null;
} {
  const paths = useAirflowPaths();
  const typed = text.trim();
  const wanted = useSettled(typed);
  const enabled = wanted !== '';
  const clusters = useClusters();
  const dags = useDags({
    filter: { scope: 'all', text: wanted },
    sort: 'displayName',
    limit: DAGS,
    enabled,
  });
  const alerts = useAlerts({
    filter: { scope: 'all', text: wanted },
    limit: ALERTS,
    enabled,
  });
  const named = clusters.data?.items ?? [];
  const titleOf = (cluster: string) =>
    named.find(({ name }) => name === cluster)?.title ?? cluster;
  const here: Destination[] = [
    ...pagesAt(paths),
    ...named.map(({ name, title }) => ({
      kind: 'cluster' as const,
      text: title,
      to: paths.cluster(name),
    })),
  ];
  const isSearching =
    wanted !== typed || (enabled && (isAwaited(dags) || isAwaited(alerts)));
  // What was found of another text is not what Enter is to lead to.
  const found: Destination[] =
    enabled && !isSearching
      ? [
          ...(dags.data?.items ?? []).map(dag => ({
            kind: 'DAG' as const,
            text: dag.displayName,
            where: titleOf(dag.cluster),
            to: paths.dag(dag),
          })),
          ...(alerts.data?.items ?? []).map(({ id, title, subject }) => ({
            kind: 'alert' as const,
            text: title,
            where: titleOf(subject.cluster),
            to: paths.alert(id),
          })),
        ]
      : [];
  return {
    destinations: [
      ...here.filter(({ text: name }) =>
        name.toLowerCase().includes(typed.toLowerCase()),
      ),
      ...found,
    ],
    isSearching,
    error: enabled ? dags.error ?? alerts.error : null,
  };
}

function isAwaited(query: { isPending: boolean; isPlaceholderData: boolean }) {
  return query.isPending || query.isPlaceholderData;
}

function pagesAt(paths: AirflowPaths): Destination[] {
  const pages = [
    ['Overview', paths.overview],
    ['DAGs', paths.dags],
    ['Failing DAGs', `${paths.dags}?failing=true`],
    ['Alerts', paths.alerts],
    ['Alert rules', paths.alertRules],
    ['Clusters', paths.clusters],
  ] as const;
  return pages.map(([text, to]) => ({ kind: 'page', text, to }));
}

/** A text once it has been the same for a moment, so that not every letter is a question. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
