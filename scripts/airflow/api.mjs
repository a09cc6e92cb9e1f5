// The little of Airflow's REST API that setting up needs, on either version.
import { urlOf } from './versions.mjs';

export class AirflowApi {
  #base;
  #headers;

  constructor(base, headers) {
    this.#base = base;
    this.#headers = headers;
  }

  static async signIn(version) {
    const url = urlOf(version);
    const { admin } = version.users;
    if (version.major === 2) {
      const pair = Buffer.from(`admin:${admin}`).toString('base64');
      return new AirflowApi(`${url}/api/v1`, {
        authorization: `Basic ${pair}`,
      });
    }
    const answer = await fetch(`${url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: admin }),
    });
    const { access_token: token } = await answer.json();
    return new AirflowApi(`${url}/api/v2`, {
      authorization: `Bearer ${token}`,
    });
  }

  /**
   * @param {string} path
   * @param {{ method?: string, body?: object }} [how]
   */
  async ask(path, { method = 'GET', body } = {}) {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: { ...this.#headers, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(
        `${method} ${path}: ${answer.status} ${await answer.text()}`,
      );
    }
    return answer.json();
  }

  /** How many there are of a list; 0 as long as it cannot be had. */
  async count(path) {
    const list = await this.ask(`${path}?limit=1`).catch(() => undefined);
    return list?.total_entries ?? 0;
  }
}
