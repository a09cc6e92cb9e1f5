/** Of another reader that bench/app-config.yaml lets in. */
export const heavyToken = 'heavy-reader-token-heavy-reader-token';

/** The token that bench/app-config.yaml lets in. */
const headers = {
  authorization: 'Bearer benchmark-token-benchmark-token',
  // A connection that rested for as long as the server keeps it may be closed just when it is used again.
  connection: 'close',
};

/** Asks a portal's API as an external service. */
export class PortalApi {
  /** @param origin - such as `http://localhost:9380` */
  constructor(private readonly origin: string) {}

  /** Hands over the answer as it arrives. */
  async stream(path: string): Promise<ReadableStream<Uint8Array>> {
    const answer = await fetch(this.url(path), { headers });
    if (!answer.ok || !answer.body) {
      throw new Error(`GET ${path}: ${answer.status}`);
    }
    return answer.body;
  }

  /** Reads the whole answer. */
  async get(path: string): Promise<unknown> {
    const answer = await fetch(this.url(path), { headers });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${body}`);
    return JSON.parse(body);
  }

  /** Has some kinds of fact read again on one cluster. */
  async refresh(cluster: string, kinds: string[]): Promise<void> {
    const answer = await fetch(this.url(`/clusters/${cluster}/refresh`), {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ kinds }),
    });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`refresh of ${cluster}: ${body}`);
  }

  url(path: string): string {
    return `${this.origin}/api/airflow${path}`;
  }
}
