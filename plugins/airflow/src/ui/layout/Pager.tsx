import { Button, Text } from '@backstage/ui';
import styles from './layout.module.css';

/** Steps through a list by cursor. The way back is the browser's too, since the cursor is in the address. */
export function Pager(props: {
  shown: number;
  total: number;
  noun: string;
  isFirst: boolean;
  nextCursor: string | null;
  onFirst: () => void;
  onNext: (cursor: string) => void;
}) {
  const { shown, total, noun, isFirst, nextCursor, onFirst, onNext } = props;
  return (
    <div className={styles.pager} data-kind="pager">
      <Text variant="body-small" color="secondary">
        {shown} of {total} {noun}
      </Text>
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
