import { serve } from '../../../__testUtils__/serve';
import { admin, clientOf } from '../../../__contract__/targets';
import { dags } from '../dags';
import { backfills } from '.';

const asked = {
  from: '2026-11-01T00:00:00Z',
  to: '2026-11-03T00:00:00Z',
  backwards: false,
  reprocess: 'failed' as const,
  maxActiveRuns: 1,
};

/** An Airflow of some release, with one DAG, that notes what it is asked to plan. */
async function airflow(version: string, dag: object = {}) {
  const bodies: unknown[] = [];
  const answers: Record<string, object> = {
    '/api/v2/version': { version },
    '/auth/token': { access_token: 't0ken' },
    '/api/v2/dags/sync_crm/details': dag,
    '/api/v2/backfills/dry_run': { backfills: [], total_entries: 0 },
  };
  const server = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url?.endsWith('/dry_run')) bodies.push(JSON.parse(body));
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, {
      'content-type': 'application/json',
    });
    response.end(JSON.stringify(answer ?? {}));
  });
  return { bodies, ...server, baseUrl: server.url };
}

describe('the version of the DAG that a backfill repeats runs with', () => {
  it.each([
    ['3.0.6', true, {}],
    ['3.1.5', true, {}],
    ['3.1.6', true, { run_on_latest_version: true }],
    ['3.3.2', false, { run_on_latest_version: false }],
    ['3.3.2', undefined, {}],
  ])(
    'is told to Airflow %s when it is %s',
    async (version, onLatestVersion, told) => {
      const server = await airflow(version);
      const client = clientOf(server, admin);
      await client.ask(backfills, area =>
        area.preview('sync_crm', { ...asked, onLatestVersion }),
      );
      expect(server.bodies).toEqual([
        {
          dag_id: 'sync_crm',
          from_date: asked.from,
          to_date: asked.to,
          run_backwards: false,
          reprocess_behavior: 'failed',
          max_active_runs: 1,
          ...told,
        },
      ]);
      await client.close();
      await server.close();
    },
  );
});

describe('whether Airflow makes a backfill of a DAG', () => {
  it.each([
    ['3.2.1', { timetable_summary: '0 4 * * *' }, null],
    ['3.2.1', { timetable_summary: 'Asset or 0 4 * * *' }, null],
    ['3.2.1', { timetable_summary: 'WorkdaysTimetable' }, null],
    ['3.0.0', { timetable_summary: 'None' }, 'no-dates'],
    ['3.2.1', { timetable_summary: null }, 'no-dates'],
    ['3.2.1', { timetable_summary: 'Asset' }, 'no-dates'],
    ['3.2.1', { timetable_summary: '@once' }, 'no-dates'],
    ['3.2.1', { timetable_summary: '@continuous' }, 'no-dates'],
    [
      '3.3.2',
      { timetable_summary: 'OwnTimetable', timetable_periodic: false },
      'no-dates',
    ],
    [
      '3.3.2',
      {
        timetable_summary: '0 4 * * *',
        timetable_periodic: true,
        allowed_run_types: ['manual', 'scheduled'],
      },
      'not-allowed',
    ],
    [
      '3.3.2',
      {
        timetable_summary: '0 4 * * *',
        timetable_periodic: true,
        allowed_run_types: ['backfill'],
      },
      null,
    ],
  ])('is read as Airflow %s tells it: %j', async (version, dag, refusal) => {
    const server = await airflow(version, dag);
    const client = clientOf(server, admin);
    await expect(
      client.ask(dags, area => area.details('sync_crm')),
    ).resolves.toMatchObject({
      backfillRefusal: refusal,
    });
    await client.close();
    await server.close();
  });
});
