import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@airflow-fleet/backstage-plugin-catalog-backend-module-airflow'),
);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(
  import('@airflow-fleet/backstage-plugin-search-backend-module-airflow'),
);

backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@airflow-fleet/backstage-plugin-airflow-backend'));

backend.start();
