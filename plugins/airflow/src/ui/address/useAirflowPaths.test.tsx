import type { AirflowPaths } from '@airflow-fleet/backstage-plugin-airflow-common';
import { renderInTestApp } from '@backstage/test-utils';
import { renderHook } from '@testing-library/react';
import fc from 'fast-check';
import { MemoryRouter, Route, Routes } from 'react-router-dom';
import { rootRouteRef } from '../../routes';
import { useAirflowPaths } from './useAirflowPaths';
import { useIds } from './useIds';

/** Dots alone lead elsewhere in every address. */
const anyId = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 250, unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('%', '%2F', '%2f', '%25', '/', '2F', 'a', '.'), {
        minLength: 1,
        maxLength: 8,
      })
      .map(parts => parts.join('')),
    fc.constantFrom(
      'manual__2026-11-25T02:10:00.123456+00:00',
      'a/b c+d?e#f%25&g=h',
      'Bestellungen täglich 📦',
      'x'.repeat(250),
    ),
  )
  .filter(id => !/^\.{1,2}$/.test(id));

const TASK = 'clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId';

/** What the page of a task is told at an address, mounted as the router of the plugin mounts it. */
function idsAt(address: string) {
  const { result, unmount } = renderHook(() => useIds(), {
    wrapper: ({ children }) => (
      <MemoryRouter initialEntries={[address]}>
        <Routes>
          <Route
            path="/airflow/*"
            element={
              <Routes>
                <Route path={TASK} element={<>{children}</>} />
              </Routes>
            }
          />
        </Routes>
      </MemoryRouter>
    ),
  });
  unmount();
  return result.current;
}

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
        expect(idsAt(pathname)).toMatchObject({
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
