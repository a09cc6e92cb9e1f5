import express from 'express';
import { z } from 'zod';
import type { SandboxControl } from './control';
import { faultSchema, type Faults } from './faults';
import type { LiveCluster } from './simulation/fleet';

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

/** The controls over HTTP, at `/_sandbox`. */
export function controlRouter(
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
