import assert from 'node:assert/strict';
import net from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';
import { ProcessGroup, capture } from './processes.mjs';

const SERVER = `
  const server = require('net').createServer().listen(0, 'localhost', () =>
    console.log('port ' + server.address().port));`;
// A child whose own child holds a port and outlives it.
const PARENT = `
  require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
    SERVER,
  )}], { stdio: 'inherit' });
  setInterval(() => {}, 1000);`;

/** Until the kernel has taken a killed process apart, a connection may still be made and reset. */
async function refused(port) {
  const [error] = await once(net.connect({ port, host: 'localhost' }), 'error');
  if (error.code === 'ECONNRESET') await refused(port);
  else assert.equal(error.code, 'ECONNREFUSED');
}

test('stopping ends the children of the children too', async () => {
  const processes = new ProcessGroup();
  const port = await new Promise(resolve =>
    processes.start('parent', process.execPath, ['-e', PARENT], {
      onLine: line => {
        const [, found] = /^port (\d+)$/.exec(line) ?? [];
        if (found) resolve(Number(found));
      },
    }),
  );
  const connection = net.connect({ port, host: 'localhost' });
  await once(connection, 'connect');
  connection.destroy();

  await processes.stop();

  await refused(port);
});

test('the end of a child is reported, unless it was asked for', async () => {
  const processes = new ProcessGroup();
  const code = await new Promise(resolve =>
    processes.start('short', process.execPath, ['-e', 'process.exit(3)'], {
      onLine: () => {},
      onExit: resolve,
    }),
  );
  assert.equal(code, 3);
  await processes.stop();
});

test('output is captured line by line, streams not mixed within a line', async () => {
  const lines = [];
  const { code, output } = await capture(
    process.execPath,
    ['-e', 'process.stdout.write("a"); console.error("b"); console.log("c")'],
    { onLine: line => lines.push(line) },
  );
  assert.equal(code, 0);
  assert.deepEqual(lines.sort(), ['ac', 'b']);
  assert.deepEqual(output.trim().split('\n').sort(), ['ac', 'b']);
});
