import express, { Express, NextFunction, Request, Response } from 'express';
import { createServer } from 'http';
import { exactNumber } from './api/exactNumbers';
import { controlOf, type SandboxControl } from './control';
import { controlRouter } from './controlApi';
import { applyFaults } from './faultMiddleware';
import { Faults } from './faults';
import type { FleetDefinition } from './fleet/types';
import { RequestLog } from './requestLog';
import { major } from './simulation/version';
import { liveFleet, LiveCluster } from './simulation/fleet';
import { v1Router } from './v1';
import { v1Page } from './v1/html';
import { v2Router } from './v2';

/**
 * What a sandbox is made of.
 *
 * @public
 */
export interface SandboxOptions {
  fleet: FleetDefinition;
  /** Chance, made repeatable. */
  seed?: number;
  /** The clock; tests set their own. */
  now?: () => number;
}

/**
 * Builds the server without listening: an express app and its controls.
 *
 * @public
 */
export function createSandbox(options: SandboxOptions): {
  app: Express;
  control: SandboxControl;
} {
  const clock = options.now ?? Date.now;
  const clusters = liveFleet(options.fleet, options.seed ?? 1, clock);
  const faults = new Faults();
  const log = new RequestLog();
  const control = controlOf(clusters, faults, log, clock);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Both servers decode a slash in an id before they route, and tell the time by their own clock.
  app.use((request, response, next) => {
    response.setHeader('Date', new Date(clock()).toUTCString());
    const [path, ...query] = request.url.split('?');
    const rest = query.length > 0 ? `?${query.join('?')}` : '';
    request.url = path.replace(/%2f/gi, '/') + rest;
    next();
  });
  app.use(
    express.json({ limit: '5mb', type: () => true, reviver: exactNumber }),
  );
  app.use(
    express.urlencoded({
      extended: false,
      type: 'application/x-www-form-urlencoded',
    }),
  );
  app.use('/_sandbox', controlRouter(control, clusters, faults));
  for (const cluster of clusters.values()) {
    mountCluster(app, cluster, faults, log);
  }
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('No such cluster\n');
  });
  app.use(crash);
  return { app, control };
}

function mountCluster(
  app: Express,
  cluster: LiveCluster,
  faults: Faults,
  log: RequestLog,
): void {
  const { name } = cluster.simulation;
  const second = v1Router(cluster);
  const third = v2Router(cluster);
  const isSecond = () => major(cluster.simulation.version) < 3;
  app.use(`/${name}`, (request, response, next) => {
    if (!cluster.reachable) {
      request.socket.destroy();
      return;
    }
    cluster.simulation.scheduler?.advanceTo(cluster.simulation.now());
    const done = log.begin(name, request.method, request.path);
    response.once('close', () =>
      done(response.writableFinished && response.statusCode < 400),
    );
    const hit = faults.take(name, request.method, request.path);
    applyFaults(hit, { request, response, second: isSecond() })
      .then(isOver => isOver || next())
      .catch(next);
  });
  app.use(`/${name}`, (request, response, next) => {
    const router = isSecond() ? second : third;
    router(request, response, next);
  });
}

/** An unforeseen error, as each version's web server shows it. */
function crash(
  error: unknown,
  request: Request,
  response: Response,
  _next: NextFunction,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const isBadBody = error instanceof SyntaxError;
  if (isBadBody) {
    response.status(400).json({ detail: 'Request body is not valid JSON' });
  } else if (/\/api\/v2\//.test(request.originalUrl)) {
    response.status(500).type('text/plain').send('Internal Server Error');
  } else {
    response.status(500).type('text/html').send(v1Page('Ooops!'));
  }
}

/**
 * A sandbox that listens.
 *
 * @public
 */
export interface RunningSandbox extends SandboxControl {
  /** Base address; a cluster is at `<url>/<name>`. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a sandbox on a port of the loopback interface (0: any free one).
 *
 * @public
 */
export async function startSandbox(
  options: SandboxOptions & { port: number; host?: string },
): Promise<RunningSandbox> {
  const { app, control } = createSandbox(options);
  const server = createServer(app);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const address = server.address();
  const port =
    typeof address === 'object' && address ? address.port : options.port;
  return {
    ...control,
    url: `http://localhost:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>(resolve => {
        server.close(() => resolve());
      });
    },
  };
}
