import {
  Checkbox,
  Flex,
  Select,
  Switch,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { canBeNull, lacksDefault, leftToAirflow, type Draft } from './draft';
import type { Field } from './field';
import { MomentField } from './MomentField';
import styles from './params.module.css';

interface FieldProps {
  field: Field;
  draft: Draft;
  error: string | undefined;
  onChange: (draft: Draft) => void;
}

/** One param, as what it holds is best filled in. */
export function ParamField(props: FieldProps) {
  const { field, draft, error, onChange } = props;
  return (
    <div data-kind="param-field" data-param={field.name}>
      <Input {...props} draft={draft ?? ''} />
      {canBeNull(field) && (
        <Checkbox
          isSelected={draft === null}
          onChange={isNull => onChange(isNull ? null : '')}
        >
          {`${field.title} is null, which is not the same as empty`}
        </Checkbox>
      )}
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

/** What stands in a field and is not seen there, such as a tab. */
function unseen(kind: Field['kind'], draft: string): string | undefined {
  const isText = kind === 'text' || kind === 'longText';
  return isText && draft !== '' && /^\s|\s$|\t/.test(draft)
    ? `Holds ${JSON.stringify(draft)}`
    : undefined;
}

function Input(props: Omit<FieldProps, 'draft'> & { draft: string }) {
  const { field, draft, error, onChange } = props;
  const { kind, title, description } = field;
  const common = {
    label: title,
    description:
      [
        description,
        hints[kind],
        unseen(kind, draft),
        leftToAirflow(field, draft),
      ]
        .filter(Boolean)
        .join(' · ') || undefined,
    isRequired: lacksDefault(field),
    isInvalid: error !== undefined,
  };
  switch (kind) {
    case 'fixed':
      return (
        <Flex direction="column" gap="1">
          <Text variant="body-small" weight="bold">
            {`${title} (fixed)`}
          </Text>
          <code>{draft}</code>
        </Flex>
      );
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
          options={field.choices.map(({ json, label }) => ({
            value: json,
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
