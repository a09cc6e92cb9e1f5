import assert from 'node:assert/strict';
import http from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { requireFreePorts, waitForHttp } from './net.mjs';

async function serverAnswering(...statuses) {
  const server = http.createServer((_request, response) => {
    response.statusCode = statuses.length > 1 ? statuses.shift() : statuses[0];
    response.end();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (
    server.address()
  );
  return { server, port };
}

test('a taken port is named with its purpose', async t => {
  const { server, port } = await serverAnswering(200);
  t.after(() => server.close());
  await assert.rejects(requireFreePorts({ [port]: 'the portal' }), {
    message: `Port ${port} (the portal) is taken by another program.`,
  });
});

test('waits until the answer is a success', async t => {
  const { server, port } = await serverAnswering(503, 200);
  t.after(() => server.close());
  await waitForHttp(`http://localhost:${port}/`, { timeoutMs: 10_000 });
});

test('gives up as soon as the server behind it has failed', async () => {
  const crashed = new Error('crashed');
  await assert.rejects(
    waitForHttp('http://localhost:1/', {
      timeoutMs: 10_000,
      failure: () => crashed,
    }),
    crashed,
  );
});
