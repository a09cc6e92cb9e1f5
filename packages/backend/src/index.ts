import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./demoSignIn'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@airflow-fleet/backstage-plugin-catalog-backend-module-airflow'),
);

// People are told of alerts in the portal at once, and by mail.
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-notifications-backend-module-email'));
backend.add(import('./plainMail'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./examplePolicy'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(
  import('@airflow-fleet/backstage-plugin-search-backend-module-airflow'),
);

backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@airflow-fleet/backstage-plugin-airflow-backend'));

backend.start();
