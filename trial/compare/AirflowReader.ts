import { z } from 'zod';

const PAGE = 100;

/** Asks a real Airflow over REST with nothing of the product in between. */
export class AirflowReader {
  private constructor(
    readonly major: 2 | 3,
    private readonly api: string,
    private readonly headers: Record<string, string>,
  ) {}

  static async signIn(major: 2 | 3, url: string): Promise<AirflowReader> {
    if (major === 2) {
      const pair = Buffer.from('admin:admin').toString('base64');
      return new AirflowReader(2, `${url}/api/v1`, {
        authorization: `Basic ${pair}`,
      });
    }
    const answer = await fetch(`${url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'admin' }),
    });
    const { access_token: token } = z
      .object({ access_token: z.string() })
      .parse(await answer.json());
    return new AirflowReader(3, `${url}/api/v2`, {
      authorization: `Bearer ${token}`,
    });
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const answer = await fetch(`${this.api}${path}`, { headers: this.headers });
    if (!answer.ok) {
      throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    }
    // Airflow 2 writes NaN of a conf as Python does, which is no JSON.
    const text = (await answer.text()).replace(
      /: *(NaN|-?Infinity)/g,
      ': null',
    );
    return schema.parse(JSON.parse(text));
  }

  /** Every row of a list, page by page. */
  async all<T>(path: string, key: string, row: z.ZodType<T>): Promise<T[]> {
    const page = z.looseObject({ total_entries: z.number() });
    const rows: T[] = [];
    for (;;) {
      const and = path.includes('?') ? '&' : '?';
      const answer = await this.get(
        `${path}${and}limit=${PAGE}&offset=${rows.length}`,
        page,
      );
      const received = z.array(row).parse(answer[key]);
      rows.push(...received);
      if (received.length === 0 || rows.length >= answer.total_entries) {
        return rows;
      }
    }
  }
}
