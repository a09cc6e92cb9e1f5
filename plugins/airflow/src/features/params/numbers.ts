/** A number in digits, of any length: `digits` times ten to the power of `exponent`. */
interface Decimal {
  digits: bigint;
  exponent: number;
}

const numeral =
  /^\s*(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<rest>\d*))?(?:[eE](?<exponent>[+-]?\d{1,4}))?\s*$/;

/** What somebody wrote as JSON writes numbers, every digit kept; undefined for what is no number. */
export function numberText(written: string): string | undefined {
  const parts = numeral.exec(written)?.groups;
  if (!parts || (!parts.whole && !parts.rest)) return undefined;
  const sign = parts.sign === '-' ? '-' : '';
  const whole = parts.whole.replace(/^0+(?=\d)/, '') || '0';
  const rest = parts.rest ? `.${parts.rest}` : '';
  const exponent = parts.exponent ? `e${parts.exponent}` : '';
  return `${sign}${whole}${rest}${exponent}`;
}

function decimalOf(text: string): Decimal | undefined {
  const parts = numeral.exec(text)?.groups;
  if (!parts || numberText(text) === undefined) return undefined;
  const { sign, whole, rest = '', exponent = '0' } = parts;
  const digits = BigInt(`${whole}${rest}`);
  return {
    digits: sign === '-' ? -digits : digits,
    exponent: Number(exponent) - rest.length,
  };
}

/** Less than 0 where the first is less, more than 0 where it is more; undefined where either is no number. */
export function compareNumbers(one: string, other: string): number | undefined {
  const a = decimalOf(one);
  const b = decimalOf(other);
  if (!a || !b) return undefined;
  const least = Math.min(a.exponent, b.exponent);
  const scaled = ({ digits, exponent }: Decimal) =>
    digits * 10n ** BigInt(exponent - least);
  const difference = scaled(a) - scaled(b);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

export function isWhole(text: string): boolean {
  const decimal = decimalOf(text);
  if (!decimal) return false;
  const { digits, exponent } = decimal;
  return exponent >= 0 || digits % 10n ** BigInt(-exponent) === 0n;
}
