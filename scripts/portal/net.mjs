import net from 'node:net';
import { FriendlyError } from './report.mjs';

/** Says which port is taken, before anything is started. */
export async function requireFreePorts(ports) {
  for (const [port, purpose] of Object.entries(ports)) {
    if (await answers(Number(port))) {
      throw new FriendlyError(
        `Port ${port} (${purpose}) is taken by another program.`,
        'Is a portal running already, perhaps in another terminal? End it and start again.',
      );
    }
  }
}

function answers(port) {
  return new Promise(resolve => {
    const socket = net.connect({ port, host: 'localhost' });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/**
 * Asks until the address answers with success.
 *
 * @param {string} url
 * @param {{ timeoutMs: number, failure?: () => Error | undefined }} until `failure` tells of an error that ends the wait
 */
export async function waitForHttp(
  url,
  { timeoutMs, failure = () => undefined },
) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const error = failure();
    if (error) throw error;
    const ok = await fetch(url, { signal: AbortSignal.timeout(30_000) }).then(
      async response => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    if (ok) return;
    if (Date.now() > deadline) {
      throw new FriendlyError(
        `${url} did not answer within ${timeoutMs / 1000} s.`,
        'The logs are in .cache/portal.',
      );
    }
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}
