/** A token with the moment from which it is no longer used. */
export interface Token {
  value: string;
  expiresAtMs: number;
}

/** A token is renewed this long before it ends, or a tenth of its life before, whichever is shorter. */
const LONGEST_MARGIN_MS = 60_000;

/** A token that was just fetched is not fetched again because of an answer to the one before. */
const FRESH_MS = 5_000;

/** Keeps a token until shortly before it ends. However many ask at once, one fetches. */
export class TokenKeeper {
  private current: { token: Token; fetchedAtMs: number } | undefined;
  private fetching: Promise<string> | undefined;

  constructor(private readonly fetchToken: () => Promise<Token>) {}

  async value(): Promise<string> {
    const { current } = this;
    if (current && Date.now() < renewAt(current)) return current.token.value;
    return this.renew();
  }

  /** Fetches a new token in place of one that was refused. */
  async refused(): Promise<boolean> {
    const age = Date.now() - (this.current?.fetchedAtMs ?? -Infinity);
    if (age >= FRESH_MS) await this.renew();
    return true;
  }

  private renew(): Promise<string> {
    this.fetching ??= this.fetchToken()
      .then(token => {
        this.current = { token, fetchedAtMs: Date.now() };
        return token.value;
      })
      .finally(() => {
        this.fetching = undefined;
      });
    return this.fetching;
  }
}

function renewAt(current: { token: Token; fetchedAtMs: number }): number {
  const { token, fetchedAtMs } = current;
  const life = token.expiresAtMs - fetchedAtMs;
  return token.expiresAtMs - Math.min(LONGEST_MARGIN_MS, life / 10);
}
