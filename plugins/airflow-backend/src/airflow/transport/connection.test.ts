import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import {
  certifiedHost,
  strangeCertificate,
  trustedCertificate,
} from '../../__testUtils__/certificates';
import { openGate, type Gate } from '../../__testUtils__/gate';
import { standInNames, type StandInNames } from '../../__testUtils__/names';
import { serve, type TestServer } from '../../__testUtils__/serve';
import { AirflowError } from '../errors';
import type { AirflowClientOptions } from '../options';
import { Transport } from './transport';

let names: StandInNames;
let server: TestServer;
let asked: IncomingMessage[];

beforeAll(async () => {
  names = standInNames();
  server = await serve((request, response) => {
    asked.push(request);
    response.end('{}');
  });
});
afterAll(async () => {
  await server.close();
  names.restore();
});
beforeEach(() => {
  asked = [];
});

async function get(
  url: string,
  options: Pick<AirflowClientOptions, 'tls' | 'proxy'>,
  timeoutMs = 10_000,
) {
  const transport = new Transport(
    {
      name: 'prod-eu',
      limits: {
        maxInFlight: 1,
        requestsPerMinute: 1_000,
        timeoutMs,
        maxResponseBytes: 1_000,
      },
      ...options,
    },
    { retries: 0 },
  );
  try {
    return await transport.send({ method: 'GET', url: new URL(url) });
  } finally {
    await transport.close();
  }
}

describe('a connection with TLS', () => {
  let gate: Gate | undefined;
  const open = async (options: Parameters<typeof openGate>[1]) => {
    gate = await openGate(server.url, options);
    return `https://${certifiedHost}:${gate.port}/`;
  };
  afterEach(() => gate?.shut());

  it('is made to a server whose authority the configuration names', async () => {
    const url = await open(trustedCertificate);
    const tls = { ca: trustedCertificate.cert };
    await expect(get(url, { tls })).resolves.toMatchObject({ status: 200 });
  });

  it('is not made to any other, unless that is wanted', async () => {
    const url = await open(strangeCertificate);
    const tls = { ca: trustedCertificate.cert };
    await expect(get(url, { tls })).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringContaining('its certificate is self-signed'),
    });
    await expect(
      get(url, { tls: { insecureSkipVerify: true } }),
    ).resolves.toMatchObject({ status: 200 });
  });

  it('is not made to a server of another name', async () => {
    const url = await open(trustedCertificate);
    const tls = { ca: trustedCertificate.cert };
    await expect(
      get(url.replace(certifiedHost, 'other.test'), { tls }),
    ).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringContaining(
        'its certificate was issued for another host name',
      ),
    });
  });

  it('shows the client certificate to a server that asks for one', async () => {
    const url = await open({
      ...trustedCertificate,
      ca: strangeCertificate.cert,
      requestCert: true,
    });
    const { cert, key } = strangeCertificate;
    const ca = trustedCertificate.cert;
    await expect(get(url, { tls: { ca, cert, key } })).resolves.toMatchObject({
      status: 200,
    });
    await expect(get(url, { tls: { ca } })).rejects.toBeInstanceOf(
      AirflowError,
    );
  });

  it('tells when the server speaks plain HTTP', async () => {
    await expect(
      get(server.url.replace('http:', 'https:'), {}),
    ).rejects.toMatchObject({
      code: 'tls',
      hint: 'The server does not speak TLS on this port: check http or https in baseUrl of cluster prod-eu',
    });
  });

  it('tells when the server speaks TLS and is asked without', async () => {
    const url = await open(trustedCertificate);
    await expect(get(url.replace('https:', 'http:'), {})).rejects.toMatchObject(
      { code: 'unreachable' },
    );
  });
});

describe('a connection through a proxy', () => {
  const password = 'hunter2';
  const through = (url: string) => url.replace('://', `://me:${password}@`);
  const faultOf = async (
    url: string,
    proxy: TestServer,
    timeoutMs?: number,
  ) => {
    const by = { proxy: through(proxy.url) };
    const outcome = await get(url, by, timeoutMs).catch(
      (error: unknown) => error,
    );
    await proxy.close();
    expect(outcome).toBeInstanceOf(AirflowError);
    expect(inspect(outcome, { depth: null })).not.toContain(password);
    return outcome;
  };

  it('signs in to the proxy', async () => {
    await expect(
      get('http://airflow.test/api/v2/version', { proxy: through(server.url) }),
    ).resolves.toMatchObject({ status: 200 });
    expect(asked).toMatchObject([
      {
        url: 'http://airflow.test/api/v2/version',
        headers: {
          host: 'airflow.test',
          'proxy-authorization': `Basic ${btoa(`me:${password}`)}`,
        },
      },
    ]);
  });

  it('tells that the proxy refused to lead there', async () => {
    const proxy = await serve((_request, response) => {
      response.end('this is no tunnel');
    });
    proxy.onConnect(socket =>
      socket.end('HTTP/1.1 407 Who are you\r\ncontent-length: 0\r\n\r\n'),
    );
    expect(await faultOf('https://airflow.test/', proxy)).toMatchObject({
      code: 'unreachable',
      message:
        'Cluster prod-eu could not be reached: the proxy answered with status 407',
      hint: 'Check proxy of cluster prod-eu, and that the proxy allows airflow.test',
    });
  });

  it('asks once where the proxy hangs up', async () => {
    const proxy = await serve(() => {});
    let tunnels = 0;
    proxy.onConnect(socket => {
      tunnels += 1;
      socket.destroy();
    });
    expect(await faultOf('https://airflow.test/', proxy)).toMatchObject({
      code: 'unreachable',
    });
    expect(tunnels).toBe(1);
  });

  it.each(['http', 'https'])(
    'does not wait for a proxy that says nothing when asked for %s',
    async protocol => {
      const proxy = await serve(() => {});
      proxy.onConnect(() => {});
      const url = `${protocol}://airflow.test/`;
      expect(await faultOf(url, proxy, 1_000)).toMatchObject({
        code: 'timeout',
        message: 'Cluster prod-eu sent no answer within 1 seconds',
      });
    },
  );
});
