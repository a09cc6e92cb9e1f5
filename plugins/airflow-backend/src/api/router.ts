import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  AuthService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Services } from '../services';
import { serveDagActions, serveRunActions } from './actions';
import { serveAlerts } from './alerts';
import { serveClear } from './clear';
import { serveClusters } from './clusters';
import { serveDagFacts } from './dagFacts';
import { serveDags } from './dags';
import { serveDeployment } from './deployment';
import { EndpointRouter } from './endpoints';
import { openApiDocument } from './openApiDocument';
import { serveGrid } from './grid';
import { serveOverview } from './overview';
import { noSuchRoute } from './noSuchRoute';
import { problemHandler } from './problems';
import { serveRuns } from './runs';
import { serveSearch } from './search';
import { serveTasks } from './tasks';

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

  const endpoints = new EndpointRouter(router, auth, httpAuth);
  serveOverview(endpoints, services);
  serveClusters(endpoints, services);
  serveDags(endpoints, services);
  serveDagFacts(endpoints, services);
  serveDeployment(endpoints, services);
  serveRuns(endpoints, services);
  serveGrid(endpoints, services);
  serveTasks(endpoints, services);
  serveClear(endpoints, services);
  serveRunActions(endpoints, services);
  serveDagActions(endpoints, services);
  serveAlerts(endpoints, services);
  serveSearch(endpoints, services);

  router.use(
    noSuchRoute([
      ...Object.values(airflowEndpoints),
      { method: 'GET', path: '/openapi.json' },
    ]),
  );
  router.use(problemHandler(logger));
  return router;
}
