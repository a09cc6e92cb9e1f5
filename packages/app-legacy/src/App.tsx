import { AirflowPage } from '@airflow-fleet/backstage-plugin-airflow/legacy';
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { AlertDisplay, ProxiedSignInPage } from '@backstage/core-components';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import { NotificationsPage } from '@backstage/plugin-notifications';
import { SearchPage } from '@backstage/plugin-search';
import { SignalsDisplay } from '@backstage/plugin-signals';
import { UserSettingsPage } from '@backstage/plugin-user-settings';
import { currentPerson } from 'app/demo';
import { Navigate, Route } from 'react-router-dom';
import { apis } from './apis';
import { entityPage } from './EntityPage';
import { Root } from './Root';
import { searchPage } from './SearchPage';

const app = createApp({
  apis,
  components: {
    // As in packages/app; a real portal has its own sign-in page here.
    SignInPage: props => (
      <ProxiedSignInPage
        {...props}
        provider="demo"
        headers={() => ({ 'x-demo-user': currentPerson() })}
      />
    ),
  },
});

const routes = (
  <FlatRoutes>
    <Route path="/" element={<Navigate to="airflow" />} />
    <Route path="/airflow" element={<AirflowPage />} />
    <Route path="/catalog" element={<CatalogIndexPage />} />
    <Route
      path="/catalog/:namespace/:kind/:name"
      element={<CatalogEntityPage />}
    >
      {entityPage}
    </Route>
    <Route path="/notifications" element={<NotificationsPage />} />
    <Route path="/search" element={<SearchPage />}>
      {searchPage}
    </Route>
    <Route path="/settings" element={<UserSettingsPage />} />
  </FlatRoutes>
);

export default app.createRoot(
  <>
    <AlertDisplay />
    {/* With it, alerts change on the screen as soon as they change. */}
    <SignalsDisplay />
    <AppRouter>
      <Root>{routes}</Root>
    </AppRouter>
  </>,
);
