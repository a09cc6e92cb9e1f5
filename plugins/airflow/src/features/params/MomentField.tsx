import { DatePicker } from '@backstage/ui';
import { parseAbsolute, type DateValue } from '@internationalized/date';
import { readMoment } from './moments';

/** A day, or a moment in UTC, to type or to choose from a calendar; text in and out. */
export function MomentField(props: {
  label: string;
  description?: string;
  isWholeDay?: boolean;
  isRequired?: boolean;
  isInvalid?: boolean;
  value: string;
  onChange: (value: string) => void;
  'data-kind'?: string;
}) {
  const { isWholeDay = false, value, onChange, ...rest } = props;
  const read = readMoment(value, isWholeDay);
  return (
    <DatePicker
      {...rest}
      granularity={isWholeDay ? 'day' : 'minute'}
      hourCycle={24}
      hideTimeZone
      placeholderValue={isWholeDay ? undefined : startOfToday()}
      value={read}
      onChange={chosen => onChange(chosen ? textOf(chosen) : '')}
    />
  );
}

/** Gives the picker its zone while nothing is chosen. */
function startOfToday(): DateValue {
  const today = new Date().toISOString().slice(0, 10);
  return parseAbsolute(`${today}T00:00:00Z`, 'UTC');
}

function textOf(chosen: DateValue): string {
  return 'toAbsoluteString' in chosen
    ? chosen.toAbsoluteString()
    : chosen.toString();
}
