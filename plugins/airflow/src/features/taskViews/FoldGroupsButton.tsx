import { Button } from '@backstage/ui';
import type { IdSet } from './useIdSet';

/** Folds all task groups, or unfolds them once one is folded; nothing where there are none. */
export function FoldGroupsButton(props: {
  groupIds: readonly string[];
  folded: IdSet;
}) {
  const { groupIds, folded } = props;
  if (groupIds.length === 0) return null;
  const isAnyFolded = folded.ids.size > 0;
  return (
    <Button
      variant="secondary"
      size="small"
      onPress={() => folded.replace(isAnyFolded ? [] : groupIds)}
    >
      {isAnyFolded ? 'Unfold groups' : 'Fold groups'}
    </Button>
  );
}
