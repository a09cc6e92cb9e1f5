const HIDDEN = '***';

const patterns: [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, `$1:${HIDDEN}@`],
  [/\b(bearer|authorization\W{1,4}basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, HIDDEN],
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/g, HIDDEN],
  [
    /((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)\w*["']?\s*[:=]\s*["']?)(?!\*\*\*)[^\s"',;&)}\]]+/gi,
    `$1${HIDDEN}`,
  ],
];

/**
 * Hides what looks like a secret in a line of a log. Airflow masks those that it knows itself; this is for what tasks
 * print without its knowing, since an excerpt is read by more people, and travels further, than the log.
 */
export function withoutSecrets(line: string): string {
  return patterns.reduce(
    (text, [pattern, hidden]) => text.replace(pattern, hidden),
    line,
  );
}
