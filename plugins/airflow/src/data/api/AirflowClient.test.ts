import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
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

  it('shows what can be read of an answer, and says once that it is not all', async () => {
    const told: string[] = [];
    const client = new AirflowClient({
      discoveryApi: { getBaseUrl: async () => base },
      fetchApi: {
        fetch: async () =>
          Response.json({
            providers: [],
            plugins: [
              { name: 1, source: null },
              { name: 'mine', source: null },
            ],
          }),
      },
      alertApi: {
        post: ({ message }) => told.push(message),
        alert$: () => {
          throw new Error('Nobody asks');
        },
      },
    });
    const ask = () =>
      client.call(airflowEndpoints.listPackages, {
        params: { cluster: 'a' },
        query: {},
      });
    expect((await ask()).plugins).toEqual([{ name: 'mine', source: null }]);
    await ask();
    expect(told).toEqual([
      'An item could not be read, and cannot be shown here: Installed providers and loaded plugins, fetched from Airflow',
    ]);
  });

  it.each([
    ['a network that is down', () => Promise.reject(new TypeError('fetch'))],
    ['an answer cut short', async () => new Response('{"items": [')],
    ['an answer of something else', async () => new Response('<html>')],
    ['a year that there is not', async () => Response.json({ items: 10_000 })],
  ])('has words of its own for %s', async (_, fetch) => {
    const client = new AirflowClient({
      discoveryApi: { getBaseUrl: async () => base },
      fetchApi: { fetch },
    });
    const asked = client.call(airflowEndpoints.listClusters, {
      params: {},
      query: {},
    });
    await expect(asked).rejects.toMatchObject({ name: 'AirflowApiError' });
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
