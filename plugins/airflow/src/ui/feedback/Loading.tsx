import { Flex, Skeleton } from '@backstage/ui';

/** Stands in the shape of what is being loaded. */
export function Loading(props: { what: string; rows?: number }) {
  const { what, rows = 6 } = props;
  return (
    <Flex
      direction="column"
      gap="2"
      aria-busy="true"
      aria-label={`Loading ${what}`}
      data-kind="loading"
      role="status"
    >
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={i === 0 ? 36 : 28} />
      ))}
    </Flex>
  );
}
