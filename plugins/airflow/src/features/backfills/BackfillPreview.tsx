import { Text } from '@backstage/ui';
import type { Reading } from '../../data/useReading';
import { ErrorPanel, Loading } from '../../ui/feedback';
import styles from './backfills.module.css';
import { minuteText } from './backfillWords';

/** More dates than these nobody reads in a dialog. */
const NAMED = 50;

/** The dates that a backfill would make or repeat a run for. */
export function BackfillPreview(props: {
  preview: Reading<{ dates: string[] }>;
}) {
  const { data, error, isPending, refetch } = props.preview;
  if (isPending) return <Loading what="what it would run" rows={2} />;
  if (error) {
    return (
      <ErrorPanel
        title="What it would run cannot be told"
        error={error}
        onRetry={() => refetch()}
      />
    );
  }
  const { dates } = data;
  if (dates.length === 0) {
    return (
      <Text data-kind="backfill-nothing">
        The schedule has no dates in between, or all already have a run.
      </Text>
    );
  }
  return (
    <>
      <Text>{`It makes a run for each of ${dates.length} dates (UTC):`}</Text>
      <ul
        className={styles.dates}
        // Scrolled by keyboard, so it takes the focus.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Dates that will run"
        data-kind="backfill-preview"
      >
        {dates.slice(0, NAMED).map(date => (
          <li key={date}>{minuteText(date)}</li>
        ))}
        {dates.length > NAMED && <li>and {dates.length - NAMED} more</li>}
      </ul>
    </>
  );
}
