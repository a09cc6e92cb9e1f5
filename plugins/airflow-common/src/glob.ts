/**
 * Whether a pattern stands for more than the one name that it spells.
 *
 * @public
 */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/**
 * Whether a name matches a pattern with `*` for any characters and `?` for exactly one; case counts. Of all stars only
 * the last one met is ever tried again, so no pattern takes longer than its length times that of the name.
 *
 * @public
 */
export function matchesGlob(pattern: string, name: string): boolean {
  const wanted = [...pattern];
  const given = [...name];
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let i = 0; i < given.length; ) {
    if (wanted[at] === '*') {
      star = at;
      afterStar = i;
      at += 1;
    } else if (wanted[at] === '?' || wanted[at] === given[i]) {
      at += 1;
      i += 1;
    } else if (star >= 0) {
      afterStar += 1;
      i = afterStar;
      at = star + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every(character => character === '*');
}
