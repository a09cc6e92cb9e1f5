import { NextFunction, Request, Response, Router } from 'express';
import { z } from 'zod';
import { issueToken, judgeToken, SandboxUser, userByPassword } from '../auth';
import { LiveCluster } from '../simulation/fleet';
import { assetRoutes } from './assets';
import { backfillRoutes } from './backfills';
import { clearingRoutes } from './clearing';
import { dagRunListRoutes } from './dagRunLists';
import { dagRunRoutes } from './dagRuns';
import { dagListRoutes } from './dagLists';
import { dagRoutes } from './dags';
import { dagTaskRoutes } from './dagTasks';
import { dagVersionRoutes } from './dagVersions';
import { dagStatsRoutes } from './dagStats';
import { dagWarningRoutes } from './dagWarnings';
import { eventLogRoutes } from './eventLogs';
import { hitlRoutes } from './hitlDetails';
import { ApiError, sendError } from './errors';
import { readBody } from './body';
import { V2Query } from './query';
import { V2Route } from './route';
import { importErrorRoutes } from './importErrors';
import { installationRoutes, openRoutes } from './installation';
import { jobRoutes } from './jobs';
import { logRoutes } from './logs';
import { markingRoutes } from './marking';
import { poolRoutes } from './pools';
import { taskInstanceRoutes } from './taskInstances';
import { taskListRoutes } from './taskLists';
import { taskTryRoutes } from './taskTries';
import { triggerRoute } from './trigger';
import { xcomRoutes } from './xcoms';

/** In this order, so that `…/xcomEntries/tries` is an XCom and no list of tries. */
const guardedRoutes: V2Route[] = [
  ...dagListRoutes,
  ...dagRoutes,
  ...dagTaskRoutes,
  ...dagVersionRoutes,
  ...dagStatsRoutes,
  ...dagWarningRoutes,
  ...dagRunListRoutes,
  triggerRoute,
  ...dagRunRoutes,
  ...backfillRoutes,
  ...logRoutes,
  ...importErrorRoutes,
  ...poolRoutes,
  ...jobRoutes,
  ...eventLogRoutes,
  ...assetRoutes,
  ...installationRoutes,
  ...xcomRoutes,
  ...hitlRoutes,
  ...taskListRoutes,
  ...taskInstanceRoutes,
  ...taskTryRoutes,
  ...markingRoutes,
  ...clearingRoutes,
];

const NOBODY: SandboxUser = { name: 'anonymous', mayWrite: false };
const CLI_TOKEN_SECONDS = 3_600;

const SPA = `<!DOCTYPE html>
<html lang="en">
  <head><meta charset="UTF-8" /><title>Airflow</title></head>
  <body><div id="root"></div></body>
</html>
`;

function authenticate(cluster: LiveCluster, request: Request): SandboxUser {
  const verdict = judgeToken(
    request.headers.authorization,
    cluster.simulation,
    cluster.simulation.now(),
  );
  switch (verdict.kind) {
    case 'user':
      return verdict.user;
    case 'missing':
      throw new ApiError(401, 'Not authenticated');
    case 'expired':
      throw new ApiError(401, 'Token Expired');
    default:
      throw new ApiError(403, 'Invalid JWT token');
  }
}

async function answer(
  route: V2Route,
  cluster: LiveCluster,
  open: boolean,
  request: Request,
  response: Response,
): Promise<void> {
  const user = open ? NOBODY : authenticate(cluster, request);
  const writes = route.method !== 'get' && !route.reads;
  if (!open && writes && !user.mayWrite) throw new ApiError(403, 'Forbidden');
  const result = await route.handle({
    cluster,
    user,
    query: new V2Query(request.originalUrl, cluster),
    params: request.params,
    body: request.body,
    request,
    response,
  });
  if (result === response) return;
  if (result === undefined) response.status(204).end();
  else response.status(route.status ?? 200).json(result);
}

const credentials = z.strictObject({
  username: z.string(),
  password: z.string(),
});

function token(cluster: LiveCluster, seconds?: number) {
  return (request: Request, response: Response, next: NextFunction) => {
    try {
      const { username, password } = readBody(credentials, request.body);
      const { simulation } = cluster;
      const user = userByPassword(username, password, simulation);
      if (!user) throw new ApiError(401, 'Invalid credentials');
      const access = issueToken(user, simulation, simulation.now(), seconds);
      response.status(201).json({ access_token: access });
    } catch (error) {
      next(error);
    }
  };
}

/** The API of Airflow 3 below `<prefix>/api/v2`, and `<prefix>/auth/token`. */
export function v2Router(cluster: LiveCluster): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const api = Router({ caseSensitive: true, strict: true });
  const mount = (route: V2Route, open: boolean) =>
    api[route.method](route.path, (request, response, next) => {
      if (route.since && !cluster.simulation.isAtLeast(route.since)) {
        next();
        return;
      }
      answer(route, cluster, open, request, response).catch(next);
    });
  openRoutes.forEach(r => mount(r, true));
  guardedRoutes.forEach(r => mount(r, false));
  router.use('/api/v2', api);
  router.post('/auth/token', token(cluster));
  router.post('/auth/token/cli', token(cluster, CLI_TOKEN_SECONDS));
  mountLeftovers(router);
  router.use(sendError);
  return router;
}

/** What Airflow 3 answers where nothing is: JSON below /api, else its UI. */
function mountLeftovers(router: Router): void {
  router.get('/health', (_request, response) => {
    response.status(404).json({
      error:
        'Moved in Airflow 3. Please change config to check `/api/v2/monitor/health`',
    });
  });
  router.get(/^\/api\/v1(\/.*)?$/, (_request, response) => {
    response.status(404).json({
      error:
        '/api/v1 has been removed in Airflow 3, please use its upgraded version /api/v2 instead.',
    });
  });
  router.get(/^\/api(\/.*)?$/, (_request, response) => {
    response.status(404).json({ error: 'API route not found' });
  });
  router.get('*', (_request, response) => {
    response.status(200).type('text/html').send(SPA);
  });
  router.use((_request, response) => {
    response.status(405).json({ detail: 'Method Not Allowed' });
  });
}
