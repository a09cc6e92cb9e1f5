import { once } from 'node:events';
import net from 'node:net';
import { pipeline } from 'node:stream';
import tls from 'node:tls';
import type { Certificate } from './certificates';

/** An address that speaks TLS before a plain HTTP server, and whose connections a test can spoil. */
export interface Gate {
  port: number;
  /** Ends what is connected, so that the next request has to connect anew. */
  hangUp(): void;
  /** Listens no longer. */
  shut(): Promise<void>;
  /** Listens again. */
  open(): Promise<void>;
  /** Shows this certificate to whoever connects from now on. */
  present(certificate: Certificate): void;
}

/** Opens a gate on the loopback interface, before the server at this address. */
export async function openGate(
  address: string,
  options: Certificate & tls.TlsOptions,
): Promise<Gate> {
  const { hostname, port: behind } = new URL(address);
  const sockets = new Set<net.Socket>();
  const server = tls.createServer(options, outer => {
    const inner = net.connect(Number(behind), hostname);
    pipeline(outer, inner, () => {});
    pipeline(inner, outer, () => {});
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  let port = 0;
  const gate: Omit<Gate, 'port'> = {
    hangUp: () => sockets.forEach(socket => socket.destroy()),
    shut: async () => {
      if (!server.listening) return;
      server.close();
      gate.hangUp();
      await once(server, 'close');
    },
    open: async () => {
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      const bound = server.address();
      port = typeof bound === 'object' && bound ? bound.port : port;
    },
    present: next => {
      server.setSecureContext(next);
      gate.hangUp();
    },
  };
  await gate.open();
  return { ...gate, port };
}
