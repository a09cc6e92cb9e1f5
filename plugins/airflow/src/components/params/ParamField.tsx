import { Select, Switch, Text, TextAreaField, TextField } from '@backstage/ui';
import { MomentField } from './MomentField';
import type { Field } from './field';
import styles from './params.module.css';

interface FieldProps {
  field: Field;
  draft: string;
  error: string | undefined;
  onChange: (draft: string) => void;
}

/** One param, as what it holds is best filled in. */
export function ParamField(props: FieldProps) {
  const { field, error } = props;
  return (
    <div data-kind="param-field" data-param={field.name}>
      <Input {...props} />
      {error && (
        <Text color="danger" variant="body-small" role="alert">
          {`${field.title}: ${error}`}
        </Text>
      )}
    </div>
  );
}

const hints: Partial<Record<Field['kind'], string>> = {
  lines: 'One in each line',
  numbers: 'One in each line',
  json: 'As JSON',
};

function Input({ field, draft, error, onChange }: FieldProps) {
  const { kind, title, description, isOptional } = field;
  const common = {
    label: title,
    description:
      [description, hints[kind]].filter(Boolean).join(' · ') || undefined,
    isRequired: !isOptional,
    isInvalid: error !== undefined,
  };
  switch (kind) {
    case 'flag':
      return (
        <Switch
          label={description ? `${title}: ${description}` : title}
          isSelected={draft === 'true'}
          onChange={isOn => onChange(String(isOn))}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          options={field.choices.map(({ value, label }) => ({
            value: JSON.stringify(value),
            label,
          }))}
          value={draft}
          onChange={key => onChange(String(key ?? ''))}
        />
      );
    case 'date':
    case 'moment':
      return (
        <MomentField
          {...common}
          label={kind === 'moment' ? `${title} (UTC)` : title}
          isWholeDay={kind === 'date'}
          value={draft}
          onChange={onChange}
        />
      );
    case 'number':
      return (
        <TextField
          {...common}
          inputMode="decimal"
          value={draft}
          onChange={onChange}
        />
      );
    case 'text':
      return <TextField {...common} value={draft} onChange={onChange} />;
    default:
      return (
        <TextAreaField
          {...common}
          className={kind === 'json' ? styles.json : undefined}
          value={draft}
          onChange={onChange}
          rows={3}
        />
      );
  }
}
