import { pageOf } from './alerts';
import { clusterOf, dagPageOf } from './dags';
import type { Answers } from './fakeApi';
import { portal } from './portal';

/** The page of a DAG, with what follows in its address. */
export function dagPortal(query: string, answers: Answers = {}) {
  return portal(`/airflow/clusters/prod-eu/dags/load_orders${query}`, {
    listClusters: () => ({ items: [clusterOf()] }),
    getDag: () => ({ ...dagPageOf(), usualDurationMs: 60_000 }),
    listRuns: () => pageOf([]),
    ...answers,
  });
}

/** All of a kind that the page shows. */
export function kinds(kind: string): Element[] {
  return [...document.querySelectorAll(`[data-kind="${kind}"]`)];
}
