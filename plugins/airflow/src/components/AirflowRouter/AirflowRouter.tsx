import { Container, Text } from '@backstage/ui';
import { Navigate, Route, Routes } from 'react-router-dom';
import { AirflowQueryProvider } from '../../hooks/queryClient';
import { clustersRouteRef } from '../../routes';
import { ClustersPage } from '../ClustersPage';

/** Everything under the plugin's own path; the same in both frontend systems. */
export function AirflowRouter() {
  return (
    <AirflowQueryProvider>
      <Container data-kind="airflow-page">
        <Routes>
          <Route path="/" element={<Navigate to="clusters" replace />} />
          <Route
            path={clustersRouteRef.path}
            element={
              <>
                <Text as="h2" variant="title-small">
                  Clusters
                </Text>
                <ClustersPage />
              </>
            }
          />
        </Routes>
      </Container>
    </AirflowQueryProvider>
  );
}
