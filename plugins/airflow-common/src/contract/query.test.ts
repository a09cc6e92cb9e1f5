import { airflowPermissions } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { z } from 'zod';
import { airflowEndpoints } from '.';
import { flag, pageQuery, repeated } from './query';

describe('query parameters', () => {
  it('reads one value and many as a list', () => {
    const list = repeated(z.string());
    fc.assert(
      fc.property(fc.array(fc.string()), values => {
        expect(list.parse(values)).toEqual(values);
      }),
    );
    expect(list.parse('prod-eu')).toEqual(['prod-eu']);
  });

  it('names the value of a list that is refused', () => {
    const result = airflowEndpoints.listDags.query.safeParse({
      lastRunState: ['failed', 'broken'],
    });
    expect(result.success).toBe(false);
    expect(result.error?.issues[0].path[0]).toBe('lastRunState');
  });

  it.each([
    ['true', true],
    ['false', false],
    [true, true],
  ])('reads the flag %p as %p', (given, read) => {
    expect(flag.parse(given)).toBe(read);
  });

  it('refuses a flag that is neither', () => {
    expect(flag.safeParse('yes').success).toBe(false);
  });

  it.each([
    [undefined, 50],
    ['250', 250],
    [100, 100],
  ])('reads the limit %p as %p', (given, read) => {
    expect(z.object(pageQuery).parse({ limit: given }).limit).toBe(read);
  });

  it.each(['0', '251', '-1', 'ten', '1.5'])('refuses the limit %p', given => {
    expect(z.object(pageQuery).safeParse({ limit: given }).success).toBe(false);
  });
});

describe('the contract', () => {
  const endpoints = Object.entries(airflowEndpoints);

  it.each(endpoints)('%s carries its name as operationId', (name, declared) => {
    expect(declared.operationId).toBe(name);
  });

  it.each(endpoints)(
    '%s declares the parameters of its path',
    (_, declared) => {
      const inPath = [...declared.path.matchAll(/:(\w+)/g)].map(([, p]) => p);
      expect(Object.keys(declared.params.shape)).toEqual(inPath);
    },
  );

  it.each(endpoints)('%s asks for a permission', (_, { needs }) => {
    expect(airflowPermissions.map(({ name }) => name)).toContain(
      needs.permission.name,
    );
  });

  it('declares what each endpoint changes that is no GET', () => {
    const changing = endpoints.filter(([, { writes }]) => writes);
    const sending = endpoints.filter(([, { method }]) => method !== 'GET');
    // These change nothing but how fresh is what the portal knows.
    const asking = ['testCluster', 'refreshCluster'];
    expect(changing.map(([name]) => name)).toEqual(
      sending.map(([name]) => name).filter(name => !asking.includes(name)),
    );
  });

  it('has each event written by one endpoint', () => {
    const events = endpoints.flatMap(([, { writes }]) => writes?.events ?? []);
    expect(new Set(events).size).toBe(events.length);
  });

  it('gives no method and path twice', () => {
    const routes = endpoints.map(([, e]) => `${e.method} ${e.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it.each(['manual__2026-11-23T00:00:00+00:00', 'a', 'x~y.z_1'])(
    'lets a run be named %p',
    runId => {
      const body = airflowEndpoints.triggerDag.body.safeParse({ runId });
      expect(body.success).toBe(true);
    },
  );

  it.each(['a/b', 'a b', 'é', '', 'x'.repeat(251)])(
    'refuses to name a run %p, which an Airflow 2 would answer with an error 500',
    runId => {
      const body = airflowEndpoints.triggerDag.body.safeParse({ runId });
      expect(body.success).toBe(false);
    },
  );
});
