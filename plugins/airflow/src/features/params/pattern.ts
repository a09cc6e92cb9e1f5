/** So many ways through a pattern a browser has tried within some milliseconds. */
const MOST_WAYS = 1_000_000;

/** Longer ones nobody wrote by hand, and to read them alone takes long. */
const LONGEST_PATTERN = 1_000;

/** What of a pattern belongs together; a quantifier tells its bounds. */
const token =
  /\\[pPu]\{[^}]*\}|\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:[a-z]*-?[a-z]*:|[=!]|<[=!]|<[^>]*>))?|[*+?]\??|\{\d+(?:,\d*)?\}\??|[^]/g;

/**
 * Whether a text looks like the pattern that the author of a DAG gave, as far as a browser can tell; undefined where
 * Airflow alone has to judge. It reads patterns as Python does, and `(a+)+$` would take a browser for ever.
 */
export function looksLike(pattern: string, text: string): boolean | undefined {
  if (pattern.length > LONGEST_PATTERN) return undefined;
  if (meansMoreInPython(pattern, text)) return undefined;
  if (waysThrough(pattern, text.length) > MOST_WAYS) return undefined;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return undefined;
  }
}

/** Letters and digits beyond ASCII are letters and digits there. */
function meansMoreInPython(pattern: string, text: string): boolean {
  return /[^\0-\x7f]/.test(text) && /\\[wdb]/i.test(pattern);
}

/** In how many ways a text of some length can be tried at most, which the time goes by. */
function waysThrough(pattern: string, length: number): number {
  const tokens = pattern.match(token) ?? [];
  let at = 0;
  /** What is asked for at the beginning alone is tried there alone. */
  const placesFrom = (depth: number) =>
    depth > 0 || tokens[at] === '^' ? 1 : length + 1;
  /** Up to the end of a group. */
  const waysWithin = (depth: number): number => {
    let ways = 0;
    let branch = placesFrom(depth);
    while (at < tokens.length && tokens[at] !== ')') {
      const part = tokens[at];
      at += 1;
      if (part === '|') {
        ways += branch;
        branch = placesFrom(depth);
        continue;
      }
      let once = isBackreference(part) ? Infinity : 1;
      if (part.startsWith('(')) {
        once = waysWithin(depth + 1);
        at += 1;
      }
      const times = timesOf(tokens[at]);
      if (times) at += 1;
      branch *= repeated(once, times ?? [1, 1], length);
    }
    return ways + branch;
  };
  return waysWithin(0);
}

/** What that costs goes by the text that was found before. */
function isBackreference(part: string): boolean {
  return /^\\[1-9k]/.test(part);
}

/** How often a quantifier lets something come. */
function timesOf(part = ''): [number, number] | undefined {
  switch (part[0]) {
    case '?':
      return [0, 1];
    case '*':
      return [0, Infinity];
    case '+':
      return [1, Infinity];
    case '{': {
      const [least, most = least] = part.slice(1).split(/[,}]/);
      return [Number(least), most === '' ? Infinity : Number(most)];
    }
    default:
      return undefined;
  }
}

/** Beyond what has to be, nothing is repeated without taking a letter. */
function repeated(
  once: number,
  [least, most]: [number, number],
  length: number,
): number {
  const times = Math.max(least, Math.min(most, length));
  return (times - least + 1) * once ** times;
}
