import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type {
  AuthService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Operations, Services } from '../services';
import { EndpointRouter } from './endpoints';
import { endsOf, skip } from './logEnds';
import { writeLog } from './logStream';
import { noSuchRoute } from './noSuchRoute';
import { openApiDocument } from './openApiDocument';
import { problemHandler } from './problems';

type Contract = typeof airflowEndpoints;

/** The portal's Airflow API, as the contract declares it. */
export function createRouter(options: {
  services: Services;
  auth: AuthService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): Router {
  const { services, auth, httpAuth, logger } = options;
  const router = PromiseRouter();
  const document = openApiDocument();
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });

  serveAll(new EndpointRouter(router, services.gate, auth, httpAuth), services);

  router.use(
    noSuchRoute([
      ...Object.values(airflowEndpoints),
      { method: 'GET', path: '/openapi.json' },
    ]),
  );
  router.use(problemHandler(logger));
  return router;
}

function serveAll(
  endpoints: EndpointRouter,
  { operations, streamTaskLog }: Services,
): void {
  const serve = <Id extends keyof Operations>(id: Id) =>
    endpoints.serve<Contract[Id]>(airflowEndpoints[id], operations[id]);
  for (const id of Object.keys(airflowEndpoints)) {
    if (isIn(operations, id)) serve(id);
  }
  endpoints.route(
    airflowEndpoints.streamTaskLog,
    streamTaskLog,
    async (log, { checked: { query }, response, gone }) => {
      const { format, after, ends } = query;
      const rest = skip(log, after);
      const shown = ends === undefined ? rest : endsOf(rest, ends);
      await writeLog(shown, format, response, gone);
    },
  );
}

function isIn(operations: Operations, id: string): id is keyof Operations {
  return id in operations;
}
