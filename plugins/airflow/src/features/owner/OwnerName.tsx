import type { Dag } from '@airflow-fleet/backstage-plugin-airflow-common';
import { ownerSourceWords, refName } from '../alerts';

/** Who owns a DAG, short, for lists; what decided it is told on hover. */
export function OwnerName({ dag }: { dag: Pick<Dag, 'owner'> }) {
  const { owner } = dag;
  if (!owner) return <>–</>;
  const { ref, source, by } = owner;
  return (
    <span title={`${ref}, ${ownerSourceWords[source](by)}`}>
      {refName(ref)}
    </span>
  );
}
