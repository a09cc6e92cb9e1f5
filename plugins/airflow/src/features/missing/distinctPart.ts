const LEAST = 3;

/** What of an id to look for in others, so that a slip or another ending still finds them: how its longest word begins. */
export function distinctPart(id: string): string {
  const words = id.split(/[^\p{L}\p{N}]+/u);
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest.slice(0, Math.max(LEAST, Math.ceil(longest.length / 2)));
}
