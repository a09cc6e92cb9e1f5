import {
  AIRFLOW_CLUSTER_SEARCH_TYPE,
  AIRFLOW_DAG_SEARCH_TYPE,
  clusterStatuses,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import { SearchFilter, useSearch } from '@backstage/plugin-search-react';
import { useEffect } from 'react';
import { airflowApiRef } from '../../data/api';
import { refName } from '../../features/alerts';

/** As the index has them: states of a DAG's last run, and what comes before a first run or instead of runs. */
const dagStates = [
  'success',
  'failed',
  'running',
  'queued',
  'paused',
  'never ran',
];

const names = ['cluster', 'owner', 'state'] as const;

/**
 * What the search narrows DAGs, or clusters, by, where these alone are searched: others know no such filters.
 */
export function AirflowSearchFilters({ className }: { className?: string }) {
  const { types } = useSearch();
  const [type, ...others] = types;
  if (others.length > 0) return null;
  if (type === AIRFLOW_DAG_SEARCH_TYPE) {
    return <Filters className={className} kind="dag" states={dagStates} />;
  }
  if (type === AIRFLOW_CLUSTER_SEARCH_TYPE) {
    return (
      <Filters
        className={className}
        kind="cluster"
        states={[...clusterStatuses]}
      />
    );
  }
  return null;
}

function Filters(props: {
  className?: string;
  kind: 'dag' | 'cluster';
  states: string[];
}) {
  const { className, kind, states } = props;
  const { setFilters } = useSearch();
  const api = useApi(airflowApiRef);
  // What others do not know would leave them without a result.
  useEffect(
    () => () => {
      setFilters(all => {
        const left = { ...all };
        for (const name of names) delete left[name];
        return left;
      });
    },
    [setFilters],
  );
  const readClusters = async () => {
    const input = { params: {}, query: {} };
    const { items } = await api.call(airflowEndpoints.listClusters, input);
    return items;
  };
  const clusters = async () =>
    (await readClusters()).map(({ name, title }) => ({
      value: name,
      label: title,
    }));
  const clusterOwners = async () => {
    const refs = (await readClusters()).flatMap(({ owner }) => owner ?? []);
    return [...new Set(refs)];
  };
  const dagOwners = async () => {
    const input = { params: {}, query: {} };
    const facets = await api.call(airflowEndpoints.listDagFacets, input);
    return facets.ownerRef
      .map(({ value }) => value)
      .filter(value => value !== 'none');
  };
  const owners = async () => {
    const refs = kind === 'dag' ? await dagOwners() : await clusterOwners();
    return refs.map(ref => ({ value: ref, label: refName(ref) }));
  };
  return (
    <>
      <SearchFilter.Select
        className={className}
        label="Cluster"
        name="cluster"
        values={clusters}
      />
      <SearchFilter.Select
        className={className}
        label="Owner"
        name="owner"
        values={owners}
      />
      <SearchFilter.Select
        className={className}
        label="State"
        name="state"
        values={states}
      />
    </>
  );
}
