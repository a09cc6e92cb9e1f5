import type { AirflowAuthStrategy } from '@airflow-fleet/backstage-plugin-airflow-node';

/** No credentials: for an Airflow that takes them from a client certificate or a proxy. */
export const noAuth: AirflowAuthStrategy = {
  type: 'none',
  fromConfig: () => () => ({
    credentialKeys: 'auth.type',
    headers: async () => ({}),
  }),
};

export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** User and password with every request, as Airflow 2 takes them. */
export const basicAuth: AirflowAuthStrategy = {
  type: 'basic',
  fromConfig: auth => {
    const username = auth.getString('username');
    const password = auth.getString('password');
    return () => ({
      // Airflow 3 takes no basic auth, and calls it refused credentials.
      credentialKeys: 'auth.type, auth.username and auth.password',
      headers: async () => ({
        authorization: basicHeader(username, password),
      }),
    });
  },
};

/** A token that somebody else issued, such as a deployment token of Astro. */
export const tokenAuth: AirflowAuthStrategy = {
  type: 'token',
  fromConfig: auth => {
    const token = auth.getString('token');
    return () => ({
      credentialKeys: 'auth.token',
      headers: async () => ({ authorization: `Bearer ${token}` }),
    });
  },
};

/** Headers as they are, for proxies with a sign-in of their own. */
export const headersAuth: AirflowAuthStrategy = {
  type: 'headers',
  fromConfig: auth => {
    const section = auth.getConfig('headers');
    const headers = Object.fromEntries(
      section.keys().map(name => [name.toLowerCase(), section.getString(name)]),
    );
    return () => ({
      credentialKeys: 'auth.headers',
      headers: async () => headers,
    });
  },
};
