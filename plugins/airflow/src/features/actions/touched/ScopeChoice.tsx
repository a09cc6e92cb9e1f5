import { Radio, RadioGroup } from '@backstage/ui';

/** How far an action reaches; nothing to choose where there is one way only. */
export function ScopeChoice(props: {
  label: string;
  kind: string;
  /** The usual one first. */
  scopes: readonly { id: string; text: string }[];
  value: string;
  onChange: (id: string) => void;
}) {
  const { label, kind, scopes, value, onChange } = props;
  if (scopes.length === 1) return null;
  return (
    <RadioGroup
      label={label}
      value={value}
      onChange={onChange}
      data-kind={kind}
    >
      {scopes.map(({ id, text }) => (
        <Radio key={id} value={id}>
          {text}
        </Radio>
      ))}
    </RadioGroup>
  );
}
