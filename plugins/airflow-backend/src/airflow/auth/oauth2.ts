import type {
  AirflowAuthStrategy,
  AirflowSignIn,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  AuthenticationError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { readJson, refusesToken } from '../http';
import { basicHeader } from './fixed';
import { TokenKeeper, type Token } from './token';

const tokenSchema = z.object({
  access_token: z.string().min(1),
  /** Seconds; RFC 6749 only recommends it. */
  expires_in: z.coerce.number().positive().default(300),
});

/** By RFC 6749, 5.2 a refused client is told 400 or 401; other answers say nothing of the credentials. */
const refusals = [400, 401, 403];

/** Those of RFC 6749; anything else may hold what was sent, and is not repeated. */
const refusalSchema = z.object({
  error: z.enum([
    'invalid_request',
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'unsupported_grant_type',
    'invalid_scope',
  ]),
});

interface ClientCredentials {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string | undefined;
}

async function read<T>(
  body: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  try {
    return schema.safeParse(await readJson(body)).data;
  } catch {
    return undefined;
  }
}

async function fetchToken(
  signIn: AirflowSignIn,
  client: ClientCredentials,
): Promise<Token> {
  const { host } = new URL(client.tokenUrl);
  const answer = await signIn.request({
    method: 'POST',
    url: client.tokenUrl,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basicHeader(
        encodeURIComponent(client.clientId),
        encodeURIComponent(client.clientSecret),
      ),
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(client.scope !== undefined && { scope: client.scope }),
    }).toString(),
  });
  const token =
    answer.status === 200 ? await read(answer.body, tokenSchema) : undefined;
  if (!token) {
    const reason = (await read(answer.body, refusalSchema))?.error;
    const Failure = refusals.includes(answer.status)
      ? AuthenticationError
      : ServiceUnavailableError;
    throw new Failure(
      `${host} gave no token (status ${answer.status}${
        reason ? `, ${reason}` : ''
      })`,
    );
  }
  return {
    value: token.access_token,
    expiresAtMs: Date.now() + token.expires_in * 1000,
  };
}

/** A token from an OAuth 2 authorization server, by client credentials. */
export const oauth2Auth: AirflowAuthStrategy = {
  type: 'oauth2',
  fromConfig: auth => {
    const client: ClientCredentials = {
      tokenUrl: auth.getString('tokenUrl'),
      clientId: auth.getString('clientId'),
      clientSecret: auth.getString('clientSecret'),
      scope: auth.getOptionalString('scope'),
    };
    if (
      !/^https?:\/\//.test(client.tokenUrl) ||
      !URL.canParse(client.tokenUrl)
    ) {
      throw new InputError('auth.tokenUrl must be an http or https URL');
    }
    return () => {
      const keeper = new TokenKeeper(signIn => fetchToken(signIn, client));
      return {
        credentialKeys: 'auth.tokenUrl, auth.clientId and auth.clientSecret',
        headers: signIn => keeper.headers(signIn),
        refused: async ({ status, detail, headers }, signIn) =>
          refusesToken(status, detail) && keeper.refused(headers, signIn),
      };
    };
  },
};
