import { parseInstant } from '../api/time';
import { LiveCluster } from '../simulation/fleet';
import { Range } from '../simulation/range';
import { badRequest, databaseError, invalid } from './errors';

/** Query parameters as FastAPI reads them: what is unknown is ignored. */
export class V2Query {
  private readonly values: URLSearchParams;

  constructor(url: string, private readonly cluster: LiveCluster) {
    const at = url.indexOf('?');
    this.values = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  }

  text(name: string): string | undefined {
    return this.values.get(name) ?? undefined;
  }

  /** A parameter that only newer servers know; older ones ignore it. */
  since(version: string, name: string): string | undefined {
    return this.cluster.simulation.isAtLeast(version)
      ? this.text(name)
      : undefined;
  }

  integer(name: string, minimum?: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^-?\d+$/.test(text)) {
      throw invalid({
        type: 'int_parsing',
        loc: ['query', name],
        msg: 'Input should be a valid integer, unable to parse string as an integer',
        input: text,
      });
    }
    if (minimum !== undefined && Number(text) < minimum) {
      throw invalid({
        type: 'greater_than_equal',
        loc: ['query', name],
        msg: `Input should be greater than or equal to ${minimum}`,
        input: text,
        ctx: { ge: minimum },
      });
    }
    return Number(text);
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text !== '' && !Number.isNaN(value)) return value;
    throw invalid({
      type: 'float_parsing',
      loc: ['query', name],
      msg: 'Input should be a valid number, unable to parse string as a number',
      input: text,
    });
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^(true|1|yes|on|t|y)$/i.test(text)) return true;
    if (/^(false|0|no|off|f|n)$/i.test(text)) return false;
    throw invalid({
      type: 'bool_parsing',
      loc: ['query', name],
      msg: 'Input should be a valid boolean, unable to interpret input',
      input: text,
    });
  }

  /** Only repeated keys make a list here. */
  list(name: string): string[] | undefined {
    const values = this.values.getAll(name);
    return values.length === 0 ? undefined : values;
  }

  integers(name: string): number[] | undefined {
    return this.list(name)?.map(text => {
      if (/^-?\d+$/.test(text)) return Number(text);
      throw invalid({
        type: 'int_parsing',
        loc: ['query', name, 0],
        msg: 'Input should be a valid integer, unable to parse string as an integer',
        input: text,
      });
    });
  }

  instant(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const at = parseInstant(text);
    if (at === 'naive') throw databaseError(500, 'Database error');
    if (at !== undefined) return at;
    throw invalid({
      type: 'datetime_from_date_parsing',
      loc: ['query', name],
      msg: 'Input should be a valid datetime or date, invalid character in year',
      input: text,
      ctx: { error: 'invalid character in year' },
    });
  }

  range(name: string): Range | undefined {
    return rangeOf(
      1,
      suffix => this.instant(`${name}${suffix}`),
      this.newRanges(),
    );
  }

  numberRange(name: string): Range | undefined {
    return rangeOf(
      1e-9,
      suffix => this.number(`${name}${suffix}`),
      this.newRanges(),
    );
  }

  private newRanges(): boolean {
    return this.cluster.simulation.isAtLeast('3.1');
  }

  /** A case-insensitive search and, since 3.3, one by prefix. */
  pattern(name: string): ((value: string) => boolean) | undefined {
    const pattern = this.text(`${name}_pattern`);
    const prefix = this.since('3.3', `${name}_prefix_pattern`);
    if (pattern === undefined && prefix === undefined) return undefined;
    const orAllowed = this.cluster.simulation.isAtLeast('3.2');
    const search = pattern === undefined ? undefined : like(pattern, orAllowed);
    return value =>
      (!search || search(value)) &&
      (prefix === undefined ||
        prefix.split('|').some(p => value.startsWith(p)));
  }

  /** The page cap came with 3.2; before, any limit was served. */
  page(): { limit: number; offset: number } {
    const limit = this.integer('limit', 0) ?? 50;
    const offset = this.integer('offset', 0) ?? 0;
    const capped = this.cluster.simulation.isAtLeast('3.2');
    return { limit: capped ? Math.min(limit, 100) : limit, offset };
  }

  order(
    allowed: readonly string[],
    fallback: string,
  ): { key: string; descending: boolean } {
    const [first = fallback, ...more] = this.list('order_by') ?? [];
    for (const text of more) readOrder(text, allowed);
    return readOrder(first, allowed);
  }
}

export function readOrder(
  text: string,
  allowed: readonly string[],
): { key: string; descending: boolean } {
  const key = text.replace(/^-+/, '');
  if (!allowed.includes(key)) {
    throw badRequest(
      `Ordering with '${key}' is disallowed or the attribute does not exist on the model`,
    );
  }
  return { key, descending: text.startsWith('-') };
}

/** A span of numbers, each end of which can be left out. */
export function rangeOf(
  step: number,
  read: (suffix: string) => number | null | undefined,
  strictToo: boolean,
): Range | undefined {
  const gte = read('_gte') ?? undefined;
  const lte = read('_lte') ?? undefined;
  const gt = strictToo ? read('_gt') ?? undefined : undefined;
  const lt = strictToo ? read('_lt') ?? undefined : undefined;
  if ([gte, lte, gt, lt].every(v => v === undefined)) return undefined;
  return {
    from: Math.max(gte ?? -Infinity, gt === undefined ? -Infinity : gt + step),
    to: Math.min(lte === undefined ? Infinity : lte + step, lt ?? Infinity),
  };
}

function like(pattern: string, orAllowed: boolean): (v: string) => boolean {
  if (pattern === '~') return () => true;
  const alternatives = orAllowed ? pattern.split('|') : [pattern];
  const regexes = alternatives.map(
    text =>
      new RegExp(
        text
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replace(/%/g, '.*')
          .replace(/_/g, '.'),
        'iu',
      ),
  );
  return value => regexes.some(r => r.test(value));
}
