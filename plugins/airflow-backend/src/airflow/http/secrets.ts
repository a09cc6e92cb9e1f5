/** A shorter one may stand in words by chance, and to blot it out there would give it away. */
const SHORTEST = 8;

/** What must not be repeated of the headers that sign a request. */
export function secretsOf(headers: Record<string, string>): string[] {
  return Object.values(headers).flatMap(value => {
    const credential = value.slice(value.indexOf(' ') + 1);
    if (!/^basic /i.test(value)) return [value, credential];
    const user = Buffer.from(credential, 'base64').toString('utf8');
    return [value, credential, user, user.slice(user.indexOf(':') + 1)];
  });
}

/** The words of an answer without the secrets that it repeats. */
export function withhold(words: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= SHORTEST)
    .flatMap(secret => [secret, encodeURIComponent(secret)])
    .reduce((left, secret) => left.replaceAll(secret, '…'), words);
}
