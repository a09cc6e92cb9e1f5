import { Text } from '@backstage/ui';
import type { DagWithRuns } from '../../data/useDag';
import { OwnerName } from '../../features/owner';
import { ScheduleText } from '../../ui/schedule';
import { Moment } from '../../ui/time';

/** When a DAG runs and whose it is, above the tabs that do not tell it. */
export function DagLine(props: { dag: DagWithRuns }) {
  const { dag } = props;
  return (
    <Text as="p" color="secondary" data-kind="dag-line">
      <ScheduleText schedule={dag.schedule} zone={dag.zone} />
      {dag.nextRunAt && !dag.paused && (
        <>
          {' · next '}
          <Moment at={dag.nextRunAt} zone={dag.zone} />
        </>
      )}
      {dag.owner && (
        <>
          {' · owner '}
          <OwnerName dag={dag} />
        </>
      )}
    </Text>
  );
}
