import { Select } from '@backstage/ui';

/** A filter of alternatives, each with how many rows it would show. */
export function Choice(props: {
  label: string;
  counts: readonly { value: string; count: number }[] | undefined;
  chosen: string[] | undefined;
  nameOf?: (value: string) => string;
  /** What is shown while nothing is chosen; the label when left out. */
  placeholder?: string;
  onChange: (chosen: string[] | null) => void;
}) {
  const { label, counts = [], chosen = [], nameOf = v => v, onChange } = props;
  const { placeholder = label } = props;
  // What is chosen stays in the list, also when nothing has that value any more.
  const absent = chosen.filter(
    value => !counts.some(count => count.value === value),
  );
  const options = [
    ...counts.map(({ value, count }) => ({
      value,
      label: `${nameOf(value)} (${count})`,
    })),
    ...absent.map(value => ({ value, label: `${nameOf(value)} (0)` })),
  ];
  return (
    <Select
      aria-label={label}
      size="small"
      placeholder={placeholder}
      selectionMode="multiple"
      searchable
      options={options}
      value={chosen}
      onChange={keys =>
        onChange(keys.length > 0 ? keys.map(key => String(key)) : null)
      }
      data-kind={`filter-${label.toLowerCase().replace(' ', '-')}`}
    />
  );
}
