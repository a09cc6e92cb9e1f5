import {
  EntityAirflowAlertsCard,
  EntityAirflowContent,
  EntityAirflowNextRunsCard,
  EntityAirflowStatusCard,
  isAirflowAvailable,
} from '@airflow-fleet/backstage-plugin-airflow/legacy';
import {
  EntityAboutCard,
  EntityLayout,
  EntitySwitch,
} from '@backstage/plugin-catalog';
import Grid from '@material-ui/core/Grid';

const overview = (
  <Grid container spacing={3}>
    <Grid item md={6} xs={12}>
      <EntityAboutCard />
    </Grid>
    <EntitySwitch>
      <EntitySwitch.Case if={isAirflowAvailable}>
        <Grid item md={6} xs={12}>
          <EntityAirflowStatusCard />
        </Grid>
        <Grid item md={6} xs={12}>
          <EntityAirflowAlertsCard />
        </Grid>
        <Grid item md={6} xs={12}>
          <EntityAirflowNextRunsCard />
        </Grid>
      </EntitySwitch.Case>
    </EntitySwitch>
  </Grid>
);

/** Entities of every kind; what is of Airflow is there where annotations say which DAGs are meant. */
export const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      {overview}
    </EntityLayout.Route>
    <EntityLayout.Route path="/airflow" title="Airflow" if={isAirflowAvailable}>
      <EntityAirflowContent />
    </EntityLayout.Route>
  </EntityLayout>
);
