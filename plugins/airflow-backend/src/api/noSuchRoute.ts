import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { RequestHandler } from 'express';
import { ProblemError } from '../services';

/** Answers in place of a route that there is not: 405 where the path takes other methods, else 404. */
export function noSuchRoute(
  routes: readonly Pick<Endpoint, 'method' | 'path'>[],
): RequestHandler {
  const patterns = routes.map(({ method, path }) => ({
    path,
    methods: method === 'GET' ? ['GET', 'HEAD'] : [method],
    pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`, 'i'),
  }));
  return ({ method, path }, response) => {
    const there = patterns.filter(({ pattern }) => pattern.test(path));
    // `/alerts/acknowledge` is itself, and no alert of that name.
    const itself = there.filter(route => !route.path.includes(':'));
    const allowed = new Set(
      (itself.length > 0 ? itself : there).flatMap(({ methods }) => methods),
    );
    if (allowed.size === 0) {
      throw new ProblemError({
        code: 'not-found',
        message: `There is nothing at ${method} ${path}`,
        hint: '/openapi.json lists what there is',
      });
    }
    const methods = [...allowed].sort().join(', ');
    response.set('Allow', methods);
    throw new ProblemError({
      code: 'method-not-allowed',
      field: 'method',
      message: `${path} does not take ${method}`,
      hint: `It takes ${methods}; /openapi.json lists what there is`,
    });
  };
}
