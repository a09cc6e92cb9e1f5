import { renderInTestApp } from '@backstage/test-utils';
import fc from 'fast-check';
import { matchRoutes } from 'react-router-dom';
import { rootRouteRef } from '../routes';
import { useAirflowPaths, type AirflowPaths } from './useAirflowPaths';

/** Dots alone lead elsewhere in every address, and React Router takes the three characters %2F for a slash. */
const anyId = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 250, unit: 'grapheme' }),
    fc.constantFrom(
      'manual__2026-11-25T02:10:00.123456+00:00',
      'a/b c+d?e#f%25&g=h',
      'Bestellungen täglich 📦',
      'x'.repeat(250),
    ),
  )
  .filter(id => !/^\.{1,2}$|%2F/i.test(id));

const TASK = '/airflow/clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId';

async function pathsAt(mount: string): Promise<AirflowPaths> {
  let paths: AirflowPaths | undefined;
  const Reader = () => {
    paths = useAirflowPaths();
    return null;
  };
  await renderInTestApp(<Reader />, {
    mountedRoutes: { [mount]: rootRouteRef },
  });
  if (!paths) throw new Error('nothing was rendered');
  return paths;
}

describe('links between pages', () => {
  it('lead to the page of just that thing, whatever its id', async () => {
    const paths = await pathsAt('/airflow');
    fc.assert(
      fc.property(anyId, anyId, anyId, (dagId, runId, taskId) => {
        const name = { cluster: 'prod-eu', dagId, runId, taskId, mapIndex: 3 };
        // As a browser reads a link.
        const { pathname, searchParams: query } = new URL(
          paths.task(name, 2),
          'http://portal',
        );
        const [match] = matchRoutes([{ path: TASK }], pathname) ?? [];
        expect(match?.params).toEqual({
          cluster: 'prod-eu',
          dagId,
          runId,
          taskId,
        });
        expect([query.get('map'), query.get('try')]).toEqual(['3', '2']);
      }),
    );
  });
});
