import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';

/** A server of a test's own, on a free port of the loopback interface. */
export interface TestServer {
  url: string;
  /** Answers to those who take it for a proxy and ask for a tunnel. */
  onConnect(answer: (socket: Duplex) => void): void;
  close(): Promise<void>;
}

export async function serve(listener: RequestListener): Promise<TestServer> {
  const server = http.createServer(listener);
  const tunnels: Duplex[] = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    onConnect: answer => {
      server.on('connect', (_request, socket) => {
        tunnels.push(socket);
        answer(socket);
      });
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      tunnels.forEach(socket => socket.destroy());
      await once(server, 'close');
    },
  };
}
