import { Request, Response, Router } from 'express';
import { SandboxUser, userOfBasicAuth } from '../auth';
import { LiveCluster } from '../simulation/fleet';
import { v1Page } from './html';
import { clearingRoutes } from './clearing';
import { dagRunListRoutes } from './dagRunLists';
import { dagRunRoutes } from './dagRuns';
import { dagRoutes } from './dags';
import { dagStatsRoutes } from './dagStats';
import { dagWarningRoutes } from './dagWarnings';
import { datasetRoutes } from './datasets';
import { eventLogRoutes } from './eventLogs';
import { logRoutes } from './logs';
import { Problem, sendProblem, V1Query, V1Route } from './http';
import { importErrorRoutes } from './importErrors';
import { healthRoute, installationRoutes, openRoutes } from './installation';
import { markingRoutes } from './marking';
import { poolRoutes } from './pools';
import { taskInstanceRoutes } from './taskInstances';
import { taskListRoutes } from './taskLists';
import { taskTryRoutes } from './taskTries';
import { triggerRoute } from './trigger';
import { xcomRoutes } from './xcoms';

/** In this order, so that `…/xcomEntries/tries` is an XCom and no list of tries. */
const guardedRoutes: V1Route[] = [
  ...dagRoutes,
  ...dagStatsRoutes,
  ...dagWarningRoutes,
  ...dagRunListRoutes,
  triggerRoute,
  ...dagRunRoutes,
  ...logRoutes,
  ...importErrorRoutes,
  ...poolRoutes,
  ...eventLogRoutes,
  ...datasetRoutes,
  ...installationRoutes,
  ...xcomRoutes,
  ...taskListRoutes,
  ...taskInstanceRoutes,
  ...taskTryRoutes,
  ...markingRoutes,
  ...clearingRoutes,
];

const NOBODY: SandboxUser = { name: 'anonymous', mayWrite: false };

function isRestricted(route: V1Route): boolean {
  return route.restricted ?? route.method !== 'get';
}

async function answer(
  route: V1Route,
  cluster: LiveCluster,
  user: SandboxUser,
  request: Request,
  response: Response,
): Promise<void> {
  const result = await route.handle({
    cluster,
    user,
    query: new V1Query(request.originalUrl, route.query ?? []),
    params: request.params,
    body: request.body,
    request,
    response,
  });
  if (result === response) return;
  if (result === undefined) response.status(route.status ?? 204).end();
  else response.status(route.status ?? 200).json(result);
}

/** The API of Airflow 2 below `<prefix>/api/v1`, and `<prefix>/health`. */
export function v1Router(cluster: LiveCluster): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const api = Router({ caseSensitive: true, strict: true });
  const mount = (route: V1Route, open: boolean) =>
    api[route.method](route.path, (request, response, next) => {
      const user = open
        ? NOBODY
        : userOfBasicAuth(request.headers.authorization, cluster.simulation);
      // 2.11 answers 403, not 401, both to strangers and to lacking roles.
      if (!user || (isRestricted(route) && !user.mayWrite)) {
        next(new Problem(403, 'Forbidden'));
        return;
      }
      answer(route, cluster, user, request, response).catch(next);
    });
  openRoutes.forEach(r => mount(r, true));
  guardedRoutes.forEach(r => mount(r, false));
  api.use((request, response) => {
    response
      .status(404)
      .type('application/problem+json')
      .send(
        JSON.stringify(
          new Problem(
            404,
            'Not Found',
            'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
            true,
          ).body(),
        ),
      );
    request.resume();
  });
  router.use('/api/v1', api);
  router.get('/health', (request, response, next) => {
    answer(healthRoute, cluster, NOBODY, request, response).catch(next);
  });
  // Its pages ask strangers to sign in first.
  router.get(['/', '/home', '/dags/:dagId/grid'], (request, response) => {
    response.redirect(`/login/?next=${encodeURIComponent(request.url)}`);
  });
  router.use((_request, response) => {
    response
      .status(404)
      .type('text/html')
      .send(v1Page('Airflow 404 = lots of circles'));
  });
  router.use(sendProblem);
  return router;
}
