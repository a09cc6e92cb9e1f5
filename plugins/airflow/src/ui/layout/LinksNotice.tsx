import { readAirflowPath } from '@airflow-fleet/backstage-plugin-airflow-common';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { Alert } from '@backstage/ui';
import { useAirflowPaths } from '../address/useAirflowPaths';

/** Says when the pages are not where links of notifications, mails, webhooks and the search lead. */
export function LinksNotice() {
  const here = useAirflowPaths().overview;
  const linked = readAirflowPath(useApi(configApiRef));
  if (linked === here) return null;
  return (
    <div data-kind="links-notice">
      <Alert
        status="warning"
        icon
        title={`Notifications, mails and the search link to ${linked}, where these pages are not`}
        description={`They are at ${here}. Set airflow.links.path to ${here} in app-config.yaml.`}
      />
    </div>
  );
}
