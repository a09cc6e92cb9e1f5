import express, { Express, NextFunction, Request, Response } from 'express';
import { createServer } from 'http';
import { z } from 'zod';
import { exactNumber } from './api/exactNumbers';
import { applyFaults } from './faultMiddleware';
import { Fault, FaultRequest, Faults, faultSchema } from './faults';
import { FleetDefinition, Schedule } from './fleet/types';
import { RequestLog, RequestReport } from './requestLog';
import { major } from './simulation/version';
import { liveFleet, LiveCluster } from './simulation/fleet';
import type { ClusterSimulation } from './simulation/cluster';
import { isComponent } from './simulation/health';
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
 * Changes a running sandbox from beside its APIs.
 *
 * @public
 */
export interface SandboxControl {
  addFault(fault: FaultRequest): Fault;
  removeFault(id: string): boolean;
  clearFaults(): void;
  requests(): RequestReport;
  resetRequests(): void;
  /** Upgrades (or downgrades) a cluster under its clients. */
  setVersion(cluster: string, version: string): void;
  setReachable(cluster: string, reachable: boolean): void;
  /** Kills a component as of an instant, or revives it with null. */
  setComponent(
    cluster: string,
    component: string,
    deadSince: number | null,
  ): void;
  /** Breaks a DAG file, named from the DAG folder on, removes it, or puts it back whole. */
  setFile(cluster: string, file: string, state: FileState): void;
  /** Changes the schedule in a DAG's file. */
  setSchedule(cluster: string, dagId: string, schedule: Schedule): void;
  /** Has the scheduler of a cluster that lives pass over a DAG, as one that it finds nowhere among the serialized ones. */
  setPassedOver(cluster: string, dagId: string, passedOver: boolean): void;
  /** Gives somebody another password, with which old tokens are worth nothing. */
  setPassword(cluster: string, user: string, password: string): void;
  /** What is really so, which no API tells. */
  simulation(cluster: string): ClusterSimulation;
  /** Has the lists of DAGs and import errors be empty, as after a restart of the DAG processor, or full again. */
  setEmptied(cluster: string, emptied: boolean): void;
}

/**
 * How a DAG file is.
 *
 * @public
 */
export type FileState = 'broken' | 'removed' | 'whole';

const clusterBody = z.strictObject({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+/)
    .optional(),
  reachable: z.boolean().optional(),
  health: z
    .record(
      z.string(),
      z.union([z.null(), z.number(), z.iso.datetime({ offset: true })]),
    )
    .optional(),
  files: z
    .record(z.string(), z.enum(['broken', 'removed', 'whole']))
    .optional(),
  emptied: z.boolean().optional(),
});

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
    applyFaults(hit, request, response, next, isSecond()).catch(next);
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

function controlOf(
  clusters: Map<string, LiveCluster>,
  faults: Faults,
  log: RequestLog,
  clock: () => number,
): SandboxControl {
  const find = (name: string) => {
    const cluster = clusters.get(name);
    if (!cluster) throw new Error(`The sandbox has no cluster ${name}`);
    cluster.simulation.scheduler?.advanceTo(clock());
    return cluster;
  };
  return {
    addFault: fault => faults.add(faultSchema.parse(fault)),
    removeFault: id => faults.remove(id),
    clearFaults: () => faults.clear(),
    requests: () => log.report(),
    resetRequests: () => log.reset(),
    setVersion(name, version) {
      find(name).simulation.version = version;
    },
    setReachable(name, reachable) {
      find(name).reachable = reachable;
    },
    setComponent(name, component, deadSince) {
      if (!isComponent(component)) {
        throw new Error(`Airflow has no component ${component}`);
      }
      const { overlay } = find(name).simulation;
      overlay.setComponent(component, deadSince, clock());
    },
    setFile(name, file, state) {
      const { overlay, definition } = find(name).simulation;
      if (!definition.dags.some(dag => dag.relativeFile === file)) {
        throw new Error(`No DAG of ${name} is in ${file}`);
      }
      if (state === 'broken')
        overlay.breakFile(file, syntaxError(file), clock());
      else if (state === 'removed') overlay.removeFile(file, clock());
      else overlay.mendFile(file);
    },
    setSchedule(name, dagId, schedule) {
      const { overlay, definition } = find(name).simulation;
      const dag = definition.dags.find(d => d.dagId === dagId);
      if (!dag) throw new Error(`${name} has no DAG ${dagId}`);
      overlay.changedDags.set(dagId, { ...dag, schedule });
      overlay.revision++;
    },
    setPassedOver(name, dagId, passedOver) {
      const { overlay } = find(name).simulation;
      if (passedOver) overlay.passedOver.add(dagId);
      else overlay.passedOver.delete(dagId);
    },
    setPassword(name, user, password) {
      find(name).simulation.overlay.passwords.set(user, password);
    },
    simulation: name => find(name).simulation,
    setEmptied(name, emptied) {
      const { overlay } = find(name).simulation;
      overlay.isEmptied = emptied;
      overlay.revision++;
    },
  };
}

function syntaxError(file: string): string {
  return `Traceback (most recent call last):
  File "/opt/airflow/dags/${file}", line 12
    with DAG(
            ^
SyntaxError: '(' was never closed
`;
}

function controlRouter(
  control: SandboxControl,
  clusters: Map<string, LiveCluster>,
  faults: Faults,
) {
  const router = express.Router();
  router.get('/clusters', (_request, response) => {
    response.json({
      clusters: [...clusters.values()].map(c => ({
        name: c.simulation.name,
        version: c.simulation.version,
        reachable: c.reachable,
        dags: c.simulation.dagBag.all().length,
      })),
    });
  });
  router.post('/clusters/:name', (request, response) => {
    const { name } = request.params;
    const body = clusterBody.safeParse(request.body);
    if (!body.success || !clusters.has(name)) {
      const error = body.success ? `No cluster ${name}` : body.error.message;
      response.status(body.success ? 404 : 400).json({ error });
      return;
    }
    const { version, reachable, health, files, emptied } = body.data;
    if (version !== undefined) control.setVersion(name, version);
    if (reachable !== undefined) control.setReachable(name, reachable);
    for (const [component, since] of Object.entries(health ?? {})) {
      const at = typeof since === 'string' ? Date.parse(since) : since;
      control.setComponent(name, component, at);
    }
    for (const [file, state] of Object.entries(files ?? {})) {
      control.setFile(name, file, state);
    }
    if (emptied !== undefined) control.setEmptied(name, emptied);
    response.json({ name });
  });
  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.list() });
  });
  router.post('/faults', (request, response) => {
    const body = faultSchema.safeParse(request.body);
    if (!body.success) {
      response.status(400).json({ error: body.error.message });
      return;
    }
    response.status(201).json(control.addFault(body.data));
  });
  router.delete('/faults', (_request, response) => {
    control.clearFaults();
    response.status(204).end();
  });
  router.delete('/faults/:id', (request, response) => {
    const found = control.removeFault(request.params.id);
    response.status(found ? 204 : 404).end();
  });
  router.get('/requests', (_request, response) => {
    response.json(control.requests());
  });
  router.delete('/requests', (_request, response) => {
    control.resetRequests();
    response.status(204).end();
  });
  return router;
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
