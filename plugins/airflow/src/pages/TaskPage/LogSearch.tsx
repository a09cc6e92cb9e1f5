import { Button, SearchField, Text } from '@backstage/ui';

/** Searches the rows that are shown, and steps through what it finds. */
export function LogSearch(props: {
  text: string;
  /** Places of the rows that hold it. */
  hits: readonly number[];
  /** Place of the row that is looked at; -1 for none. */
  at: number;
  onText: (text: string) => void;
  onGo: (row: number) => void;
}) {
  const { text, hits, at, onText, onGo } = props;
  const step = (direction: 1 | -1) => {
    const next =
      direction === 1
        ? hits.find(row => row > at) ?? hits[0]
        : hits.findLast(row => row < at) ?? hits[hits.length - 1];
    if (next !== undefined) onGo(next);
  };
  const nr = hits.indexOf(at) + 1;
  return (
    <>
      <SearchField
        aria-label="Search"
        placeholder="Search the log"
        size="small"
        value={text}
        onChange={onText}
        onSubmit={() => step(1)}
        data-kind="log-search"
      />
      {text !== '' && (
        <>
          <Text variant="body-small" role="status" data-kind="log-hits">
            {nr > 0
              ? `${nr} of ${hits.length.toLocaleString()}`
              : `${hits.length.toLocaleString()} found`}
          </Text>
          <Button size="small" variant="secondary" onPress={() => step(-1)}>
            Previous
          </Button>
          <Button size="small" variant="secondary" onPress={() => step(1)}>
            Next
          </Button>
        </>
      )}
    </>
  );
}
