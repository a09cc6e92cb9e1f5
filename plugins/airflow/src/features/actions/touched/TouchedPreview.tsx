import type { ClearedTask } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Reading } from '../../../data/useReading';
import { ErrorPanel, Loading } from '../../../ui/feedback';
import { Touched, type TouchedWords } from './Touched';

/** What an action on tasks would touch, as Airflow itself tells it. */
export function TouchedPreview(props: {
  preview: Reading<{ items: ClearedTask[] }>;
  /** What would be done, as `cleared`. */
  done: string;
  words: TouchedWords;
}) {
  const { done, words } = props;
  const { data, error, isPending, refetch } = props.preview;
  if (isPending) return <Loading what={`what would be ${done}`} rows={3} />;
  if (!data) {
    return (
      <ErrorPanel
        title={`What would be ${done} cannot be told`}
        error={error}
        onRetry={() => refetch()}
      />
    );
  }
  return <Touched items={data.items} words={words} />;
}
