import type {
  AirflowAuthContext,
  AirflowAuthenticator,
  AirflowAuthStrategy,
  AirflowSignIn,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { AuthenticationError } from '@backstage/errors';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { AirflowError } from '../errors';
import { errorOf, readAnswer, refusesToken, type Asked } from '../http';
import { TokenKeeper, type Token } from './token';

const credentialKeys = 'auth.username and auth.password';

/** Some 3.0 documentation calls it `jwt_token`. */
const tokenSchema = z
  .object({ access_token: z.string().min(1) })
  .or(
    z
      .object({ jwt_token: z.string().min(1) })
      .transform(({ jwt_token }) => ({ access_token: jwt_token })),
  );

/** Airflow's default life of a token is a day; one that does not tell its end is renewed more often. */
const UNKNOWN_LIFE_MS = 30 * 60_000;

function expiry(jwt: string): number {
  try {
    const { iat, exp } = decodeJwt(jwt);
    // Both are by Airflow's clock, which may be apart; how long lies between them is not.
    if (exp !== undefined && iat !== undefined) {
      return Date.now() + (exp - iat) * 1000;
    }
    if (exp !== undefined) return exp * 1000;
  } catch {
    // Another auth manager may issue tokens that are no JWT.
  }
  return Date.now() + UNKNOWN_LIFE_MS;
}

async function fetchToken(
  context: AirflowAuthContext,
  signIn: AirflowSignIn,
  username: string,
  password: string,
): Promise<Token> {
  const url = `${context.baseUrl}/auth/token`;
  const answer = await signIn.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const asked: Asked = {
    cluster: context.cluster,
    attempted: `POST ${new URL(url).pathname}`,
    credentialKeys,
    secrets: [password],
  };
  const error = errorOf(answer, asked);
  if (error) throw refusal(error, context);
  const { access_token: value } = await readAnswer(answer, tokenSchema, asked);
  return { value, expiresAtMs: expiry(value) };
}

function refusal(error: AirflowError, { cluster }: AirflowAuthContext): Error {
  switch (error.code) {
    case 'forbidden':
    case 'airflow-bad-request':
      return new AuthenticationError(
        'Airflow refused the user or the password',
      );
    // Something answers there, but not as Airflow 3 does.
    case 'not-an-airflow':
    case 'airflow-not-found':
      return new AirflowError({
        code: 'unauthorized',
        cluster,
        attempted: error.attempted,
        message: `Cluster ${cluster} has no sign-in as Airflow 3 has it`,
        hint: `Set auth.type of cluster ${cluster} to basic for Airflow 2, or to password, which suits both`,
        httpStatus: error.httpStatus,
      });
    default:
      return error;
  }
}

/** Signs with a token that Airflow 3 gives for user and password. */
export function airflow3Authenticator(
  context: AirflowAuthContext,
  username: string,
  password: string,
): AirflowAuthenticator {
  const keeper = new TokenKeeper(signIn =>
    fetchToken(context, signIn, username, password),
  );
  return {
    credentialKeys,
    headers: signIn => keeper.headers(signIn),
    refused: async ({ status, detail, headers }, signIn) =>
      refusesToken(status, detail) && keeper.refused(headers, signIn),
  };
}

export const airflow3Auth: AirflowAuthStrategy = {
  type: 'airflow3',
  fromConfig: auth => {
    const username = auth.getString('username');
    const password = auth.getString('password');
    return context => airflow3Authenticator(context, username, password);
  },
};
