/** What says how much more there is takes no more. */
const MARK_LENGTH = 40;

/** The beginning of a long text, and how much more there is of it; no longer than asked for. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - MARK_LENGTH);
  return `${kept} … (${text.length - kept.length} more characters)`;
}
