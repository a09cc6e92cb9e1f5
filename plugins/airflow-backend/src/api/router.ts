import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import express from 'express';
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
import { noSuchRoute, problemHandler } from './problems';
import { serveRuns } from './runs';
import { serveSearch } from './search';
import { serveTasks } from './tasks';

/** The portal's Airflow API, as the contract declares it. */
export function createRouter(options: {
  services: Services;
  httpAuth: HttpAuthService;
  logger: LoggerService;
}): express.Router {
  const { services, httpAuth, logger } = options;
  const router = PromiseRouter();
  router.use(express.json({ limit: '1mb' }));
  const document = openApiDocument();
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });

  const endpoints = new EndpointRouter(router, httpAuth);
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

  router.use(noSuchRoute);
  router.use(problemHandler(logger));
  return router;
}
