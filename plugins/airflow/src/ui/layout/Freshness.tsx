import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Text } from '@backstage/ui';
import { Moment } from '../time';
import { oldestReading } from './CoverageNotice';

/** When the oldest of what is shown was read; nothing before anything was. */
export function Freshness(props: { coverage: readonly Coverage[] }) {
  const readAt = oldestReading(props.coverage);
  if (!readAt) return null;
  return (
    <Text variant="body-small" color="secondary" data-kind="freshness">
      read <Moment at={readAt} />
    </Text>
  );
}
