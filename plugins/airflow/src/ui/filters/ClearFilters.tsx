import { Button } from '@backstage/ui';

/** Takes every filter away. */
export function ClearFilters(props: { onPress: () => void }) {
  return (
    <Button
      variant="tertiary"
      size="small"
      onPress={props.onPress}
      data-kind="filter-clear"
    >
      Clear filters
    </Button>
  );
}
