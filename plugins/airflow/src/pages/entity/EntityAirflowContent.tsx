import { Section } from '../../ui/layout';
import { EntityAlerts } from './EntityAlerts';
import { EntityDagTable } from './EntityDagTable';
import { EntityFrame } from './EntityFrame';
import { EntityRuns } from './EntityRuns';

/** The tab of an entity: what is wrong with its DAGs, its DAGs, and how they ran. */
export function EntityAirflowContent() {
  return (
    <EntityFrame kind="entity-airflow">
      {dags => (
        <>
          <Section title="Open alerts" kind="entity-alerts">
            <EntityAlerts dags={dags} limit={20} />
          </Section>
          <Section title="DAGs" kind="entity-dags">
            <EntityDagTable dags={dags} />
          </Section>
          <Section title="Recent runs" kind="entity-runs">
            <EntityRuns dags={dags} />
          </Section>
        </>
      )}
    </EntityFrame>
  );
}
