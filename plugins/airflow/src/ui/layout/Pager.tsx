import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Button, Text } from '@backstage/ui';
import { Freshness } from './Freshness';
import styles from './layout.module.css';

/** Steps through a list by cursor. The way back is the browser's too, since the cursor is in the address. */
export function Pager(props: {
  shown: number;
  total: number;
  noun: string;
  /** How old the rows may be is said here, where the page says it nowhere else. */
  coverage?: readonly Coverage[];
  isFirst: boolean;
  nextCursor: string | null;
  onFirst: () => void;
  onNext: (cursor: string) => void;
}) {
  const { shown, total, noun, coverage, isFirst } = props;
  const { nextCursor, onFirst, onNext } = props;
  return (
    <div className={styles.pager} data-kind="pager">
      <Text variant="body-small" color="secondary">
        {shown} of {total} {noun}
      </Text>
      {coverage && <Freshness coverage={coverage} />}
      {!isFirst && (
        <Button variant="secondary" size="small" onPress={onFirst}>
          First page
        </Button>
      )}
      {nextCursor !== null && (
        <Button
          variant="secondary"
          size="small"
          onPress={() => onNext(nextCursor)}
        >
          Next page
        </Button>
      )}
    </div>
  );
}
