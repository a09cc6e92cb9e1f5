import type { AirflowSignIn } from '@airflow-fleet/backstage-plugin-airflow-node';

/** A token with the moment from which it is no longer used. */
export interface Token {
  value: string;
  expiresAtMs: number;
}

/** A token is renewed this long before it ends, or a tenth of its life before, whichever is shorter. */
const LONGEST_MARGIN_MS = 60_000;

/** Keeps a token until shortly before it ends. However many ask at once, one fetches. */
export class TokenKeeper {
  private current: { token: Token; fetchedAtMs: number } | undefined;
  private fetching: Promise<string> | undefined;

  constructor(
    private readonly fetchToken: (signIn: AirflowSignIn) => Promise<Token>,
  ) {}

  /** The headers that sign a request with the token. */
  async headers(signIn: AirflowSignIn): Promise<Record<string, string>> {
    return { authorization: bearer(await this.value(signIn)) };
  }

  /**
   * Fetches a new token in place of one that was refused, however young it is: a cluster's clock may have been set.
   * One that was replaced meanwhile is not replaced again.
   */
  async refused(
    signed: Record<string, string>,
    signIn: AirflowSignIn,
  ): Promise<boolean> {
    const { current } = this;
    if (!current || signed.authorization === bearer(current.token.value)) {
      await this.renew(signIn);
    }
    return true;
  }

  private async value(signIn: AirflowSignIn): Promise<string> {
    const { current } = this;
    if (current && Date.now() < renewAt(current)) return current.token.value;
    return this.renew(signIn);
  }

  private renew(signIn: AirflowSignIn): Promise<string> {
    this.fetching ??= this.fetchToken(signIn)
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

function bearer(value: string): string {
  return `Bearer ${value}`;
}

function renewAt(current: { token: Token; fetchedAtMs: number }): number {
  const { token, fetchedAtMs } = current;
  const life = token.expiresAtMs - fetchedAtMs;
  return token.expiresAtMs - Math.min(LONGEST_MARGIN_MS, life / 10);
}
