const HIDDEN = '***';

/** What holds a secret, by its name. */
const keys = [
  'password|passwd|pwd|secret|token|credential',
  '(?:api|access|account|private)[_-]?key',
  '(?:amz|goog)-signature',
].join('|');

/** As it stands behind its name: in quotes, in quotes that are escaped, or bare. The quote that opens it is kept. */
const value = String.raw`(?:(\\{1,4}["'])[^"'\\]*|(")[^"\\]*(?:\\.[^"\\]*)*|(')[^'\\]*(?:\\.[^'\\]*)*|[^\s"',;&)}\]\\]+)`;

/**
 * Each of them looks at a character a bounded number of times, however long the line is: it begins at a mark of its
 * own, and what it repeats without a bound either ends the match, or holds nothing that another match could begin with.
 */
const patterns: [RegExp, string][] = [
  [/(:\/\/[^\s:/@]*):[^\s/]+@/g, `$1:${HIDDEN}@`],
  [
    /\b(bearer|authorization\W{1,4}basic)\s{1,4}[\w.~+/=-]{6,}/gi,
    `$1 ${HIDDEN}`,
  ],
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, HIDDEN],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, HIDDEN],
  [/\b(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|AIza)[\w-]{16,}/g, HIDDEN],
  [/(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[^-]*/g, `$1${HIDDEN}`],
  // A line of a key or of a certificate, and of nothing that people write.
  [/^\s*[\w+/]{60,}={0,2}\s*$/g, HIDDEN],
  [
    new RegExp(
      String.raw`((?:${keys})\w{0,40}(?:\\{0,4}["'])?\s{0,4}[:=]\s{0,4})${value}`,
      'gi',
    ),
    `$1$2$3$4${HIDDEN}`,
  ],
];

/**
 * Hides what looks like a secret in a line. Airflow masks those that it knows itself; this is for what tasks and DAG
 * files print without its knowing, since what the portal tells is read by more people, and travels further.
 */
export function withoutSecrets(line: string): string {
  return patterns.reduce(
    (text, [pattern, hidden]) => text.replace(pattern, hidden),
    line,
  );
}
