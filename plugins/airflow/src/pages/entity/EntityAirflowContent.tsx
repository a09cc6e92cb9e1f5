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
          <Section title="Open alerts" kind="entity-alerts" level={2}>
            <EntityAlerts dags={dags} limit={20} />
          </Section>
          <Section title="DAGs" kind="entity-dags" level={2}>
            <EntityDagTable dags={dags} />
          </Section>
          <Section title="Recent runs" kind="entity-runs" level={2}>
            <EntityRuns dags={dags} />
          </Section>
        </>
      )}
    </EntityFrame>
  );
}
