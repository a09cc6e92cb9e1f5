import { createHmac, timingSafeEqual } from 'crypto';

/** Who may do what: the demo's two people. */
export interface SandboxUser {
  name: string;
  mayWrite: boolean;
}

/** The cluster that somebody signs in to, with the passwords that are others there by now. */
interface Realm {
  name: string;
  passwords: ReadonlyMap<string, string>;
}

const USERS: Array<SandboxUser & { password: string }> = [
  { name: 'admin', password: 'admin', mayWrite: true },
  { name: 'viewer', password: 'viewer', mayWrite: false },
];

const SECRET = 'airflow-sandbox';
const TOKEN_SECONDS = 86_400;

export function userByPassword(
  name: string,
  password: string,
  realm: Realm,
): SandboxUser | undefined {
  const user = USERS.find(u => u.name === name);
  return user && passwordOf(user.name, realm) === password ? user : undefined;
}

function passwordOf(name: string, { passwords }: Realm): string | undefined {
  return passwords.get(name) ?? USERS.find(u => u.name === name)?.password;
}

/** Reads `Authorization: Basic`, as Airflow 2's basic auth backend does. */
export function userOfBasicAuth(
  header: string | undefined,
  realm: Realm,
): SandboxUser | undefined {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return userByPassword(text.slice(0, colon), text.slice(colon + 1), realm);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** With another password, tokens that were given before are worth nothing. */
function signatureOf(content: string, realm: Realm, name: string): string {
  const password = passwordOf(name, realm) ?? '';
  return createHmac('sha512', `${SECRET}/${realm.name}/${password}`)
    .update(content)
    .digest('base64url');
}

/** A JWT as the simple auth manager of Airflow 3 gives. */
export function issueToken(
  user: SandboxUser,
  realm: Realm,
  now: number,
  seconds: number = TOKEN_SECONDS,
): string {
  const at = Math.floor(now / 1000);
  const content = [
    encode({ alg: 'HS512', typ: 'JWT' }),
    encode({
      sub: user.name,
      role: user.mayWrite ? 'ADMIN' : 'VIEWER',
      iat: at,
      nbf: at,
      exp: at + seconds,
      aud: 'apache-airflow',
    }),
  ].join('.');
  return `${content}.${signatureOf(content, realm, user.name)}`;
}

export type TokenVerdict =
  | { kind: 'user'; user: SandboxUser }
  | { kind: 'missing' }
  | { kind: 'expired' }
  | { kind: 'invalid' };

function claimsOf(payload: string): { sub?: unknown; exp?: unknown } {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(payload, 'base64url').toString('utf8'),
    );
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Judges `Authorization: Bearer` as Airflow 3 does. */
export function judgeToken(
  header: string | undefined,
  realm: Realm,
  now: number,
): TokenVerdict {
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  if (!token) return { kind: 'missing' };
  const [head, payload, signature] = token.split('.');
  if (!head || !payload || !signature) return { kind: 'invalid' };
  const claims = claimsOf(payload);
  const expected = Buffer.from(
    signatureOf(`${head}.${payload}`, realm, String(claims.sub)),
  );
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    return { kind: 'invalid' };
  }
  if (typeof claims.exp !== 'number' || claims.exp * 1000 < now) {
    return { kind: 'expired' };
  }
  const user = USERS.find(u => u.name === claims.sub);
  return user ? { kind: 'user', user } : { kind: 'invalid' };
}
