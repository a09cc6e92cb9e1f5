import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { AirflowClient } from './AirflowClient';
import { linesOf } from './lines';

const base = 'http://portal/api/airflow';

function clientAnswering(answer: (request: Request) => Response) {
  const asked: Request[] = [];
  const client = new AirflowClient({
    discoveryApi: { getBaseUrl: async () => base },
    fetchApi: {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        asked.push(request);
        return answer(request);
      },
    },
  });
  return { client, asked };
}

describe('AirflowClient', () => {
  it('round-trips every id through the path, encoded once', () =>
    fc.assert(
      fc.asyncProperty(
        // No browser can ask for a path that ends in dots alone.
        fc
          .string({ minLength: 1, unit: 'grapheme' })
          .filter(id => !/^\.{1,2}$/.test(id)),
        async runId => {
          const { client, asked } = clientAnswering(() => Response.json({}));
          await client.download(airflowEndpoints.getRun, {
            params: { cluster: 'a', dagId: 'b', runId },
            query: {},
          });
          const [{ url }] = asked;
          const encoded = url.slice(`${base}/clusters/a/dags/b/runs/`.length);
          expect(encoded).not.toContain('/');
          expect(decodeURIComponent(encoded)).toBe(runId);
        },
      ),
    ));

  it('repeats the key of a list and leaves out what is undefined', async () => {
    const { client, asked } = clientAnswering(() => Response.json({}));
    await client.download(airflowEndpoints.listDags, {
      params: {},
      query: { cluster: ['prod-eu', 'prod-us'], text: undefined, paused: true },
    });
    expect(asked[0].url).toBe(
      `${base}/dags?cluster=prod-eu&cluster=prod-us&paused=true`,
    );
  });

  it('throws the problem that the backend told', async () => {
    const problem = {
      code: 'unknown-cluster',
      message: 'There is no cluster nope',
      cluster: 'nope',
    };
    const { client } = clientAnswering(() =>
      Response.json(problem, { status: 404 }),
    );
    await expect(
      client.call(airflowEndpoints.getCluster, {
        params: { cluster: 'nope' },
        query: {},
      }),
    ).rejects.toMatchObject({ status: 404, problem });
  });

  it('says what it can of an answer without a problem', async () => {
    const { client } = clientAnswering(
      () => new Response('<html>', { status: 502, statusText: 'Bad Gateway' }),
    );
    await expect(
      client.call(airflowEndpoints.listClusters, { params: {}, query: {} }),
    ).rejects.toThrow('The portal answered 502 Bad Gateway');
  });

  it('streams log entries line by line', async () => {
    const entries = [
      { kind: 'group-start', title: 'Pre task' },
      { kind: 'line', text: 'naïve', level: 'info', time: null, source: null },
      { kind: 'group-end' },
    ];
    const body = entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
    const { client } = clientAnswering(() => new Response(body));
    const read = [];
    for await (const entry of client.stream(airflowEndpoints.streamTaskLog, {
      params: { cluster: 'a', dagId: 'b', runId: 'c', taskId: 'd' },
      query: { try: 1 },
    })) {
      read.push(entry);
    }
    expect(read).toEqual(entries);
  });
});

describe('linesOf', () => {
  it('gives the same lines however the bytes were cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'grapheme' }).map(s => s.replace(/\n/g, '')),
        ),
        fc.integer({ min: 1, max: 7 }),
        async (lines, size) => {
          const bytes = new TextEncoder().encode(
            lines.map(line => `${line}\n`).join(''),
          );
          const body = new ReadableStream<Uint8Array>({
            start(controller) {
              for (let at = 0; at < bytes.length; at += size)
                controller.enqueue(bytes.slice(at, at + size));
              controller.close();
            },
          });
          const read = [];
          for await (const line of linesOf(body)) read.push(line);
          expect(read).toEqual(lines);
        },
      ),
    ));
});
