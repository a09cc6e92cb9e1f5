import { useClusters } from '../../data/useClusters';
import { Choice } from './Choice';

type Counts = readonly { value: string; count: number }[];

/** Where in the fleet: on which clusters, in which environments. */
export function PlaceChoices(props: {
  counts: { cluster: Counts; environment: Counts } | undefined;
  chosen: { cluster?: string[]; environment?: string[] };
  onChange: (
    change: { cluster: string[] | null } | { environment: string[] | null },
  ) => void;
}) {
  const { counts, chosen, onChange } = props;
  const { data } = useClusters();
  const titleOf = (cluster: string) =>
    data?.items.find(({ name }) => name === cluster)?.title ?? cluster;
  return (
    <>
      <Choice
        label="Cluster"
        counts={counts?.cluster}
        chosen={chosen.cluster}
        nameOf={titleOf}
        onChange={cluster => onChange({ cluster })}
      />
      <Choice
        label="Environment"
        counts={counts?.environment}
        chosen={chosen.environment}
        onChange={environment => onChange({ environment })}
      />
    </>
  );
}
