import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';

/** What went wrong and what to do about it, as two sentences. */
export function problemText({
  message,
  hint,
}: Pick<Problem, 'message' | 'hint'>): string {
  if (!hint) return message;
  const isEnded = /[.!?]$/.test(message);
  return `${message}${isEnded ? '' : '.'} ${hint}`;
}
