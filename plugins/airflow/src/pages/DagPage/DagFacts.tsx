import type { DagWithRuns } from '../../data/useDag';
import { OwnerLine } from '../../features/owner';
import { Facts } from '../../ui/layout';
import { Moment, zoneWords } from '../../ui/time';

/** What the portal knows of a DAG beside what its head tells. */
export function DagFacts(props: { dag: DagWithRuns }) {
  const { dag } = props;
  const { expression } = dag.schedule;
  return (
    <Facts
      facts={[
        ['Owner', <OwnerLine dag={dag} />],
        ['Airflow owners', dag.owners.join(', ') || '–'],
        ['Tags', dag.tags.join(', ') || '–'],
        ['Schedule', expression && <code>{expression}</code>],
        ['Time zone', dag.zone && zoneWords(dag.zone)],
        ['DAG id', <code>{dag.dagId}</code>],
        ['File', dag.fileLocation && <code>{dag.fileLocation}</code>],
        ['Last read', <Moment at={dag.readAt} />],
      ]}
    />
  );
}
