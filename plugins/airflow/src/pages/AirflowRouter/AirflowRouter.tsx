import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { AirflowQueryProvider } from '../../data/queryClient';
import { Palette } from '../../features/palette';
import { Empty, Loading } from '../../ui/feedback';
import { AirflowLayout, PageHead } from '../../ui/layout';

// Each page comes with its own chunk, when it is first opened.
const OverviewPage = lazy(async () => {
  const { OverviewPage: page } = await import('../OverviewPage');
  return { default: page };
});
const DagsPage = lazy(async () => {
  const { DagsPage: page } = await import('../DagsPage');
  return { default: page };
});
const AlertsPage = lazy(async () => {
  const { AlertsPage: page } = await import('../AlertsPage');
  return { default: page };
});
const AlertPage = lazy(async () => {
  const { AlertPage: page } = await import('../AlertPage');
  return { default: page };
});
const AlertRulesPage = lazy(async () => {
  const { AlertRulesPage: page } = await import('../AlertRulesPage');
  return { default: page };
});
const DeliveriesPage = lazy(async () => {
  const { DeliveriesPage: page } = await import('../DeliveriesPage');
  return { default: page };
});
const ClustersPage = lazy(async () => {
  const { ClustersPage: page } = await import('../ClustersPage');
  return { default: page };
});
const ClusterPage = lazy(async () => {
  const { ClusterPage: page } = await import('../ClusterPage');
  return { default: page };
});
const DagPage = lazy(async () => {
  const { DagPage: page } = await import('../DagPage');
  return { default: page };
});
const RunPage = lazy(async () => {
  const { RunPage: page } = await import('../RunPage');
  return { default: page };
});
const TaskPage = lazy(async () => {
  const { TaskPage: page } = await import('../TaskPage');
  return { default: page };
});

/** Everything under the plugin's own path; the same in both frontend systems. */
export function AirflowRouter() {
  return (
    <AirflowQueryProvider>
      <AirflowLayout aside={<Palette />}>
        <Suspense fallback={<Loading what="the page" />}>
          <Routes>
            <Route path="/" element={<OverviewPage />} />
            <Route path="dags" element={<DagsPage />} />
            <Route path="alerts" element={<AlertsPage />} />
            <Route path="alerts/rules" element={<AlertRulesPage />} />
            <Route path="alerts/deliveries" element={<DeliveriesPage />} />
            <Route path="alerts/:alertId" element={<AlertPage />} />
            <Route
              path="clusters"
              element={
                <>
                  <PageHead title="Clusters" />
                  <ClustersPage />
                </>
              }
            />
            <Route path="clusters/:cluster" element={<ClusterPage />} />
            <Route path="clusters/:cluster/dags/:dagId" element={<DagPage />} />
            <Route
              path="clusters/:cluster/dags/:dagId/runs/:runId"
              element={<RunPage />}
            />
            <Route
              path="clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId"
              element={<TaskPage />}
            />
            <Route path="*" element={<Empty>There is no page here.</Empty>} />
          </Routes>
        </Suspense>
      </AirflowLayout>
    </AirflowQueryProvider>
  );
}
