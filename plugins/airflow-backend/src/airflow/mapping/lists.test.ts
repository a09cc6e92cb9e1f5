import fc from 'fast-check';
import type { z } from 'zod';
import { assetBody, assetEventBody } from '../areas/assets/bodies';
import { activityBody, poolBody } from '../areas/deployment/bodies';
import * as dagsV1 from '../areas/dags/v1';
import * as dagsV2 from '../areas/dags/v2';
import { importErrorBody } from '../areas/importErrors/bodies';
import * as runsV1 from '../areas/runs/v1';
import * as runsV2 from '../areas/runs/v2';
import { readJson, wantedOf, type Received } from '../http';
import { everyOneOf, listOf } from './lists';
import { taskInstance } from './tasks';

const at = '2026-11-28T17:00:00+00:00';

const run = (id: string) => ({
  dag_id: 'fine',
  dag_run_id: id,
  state: 'failed',
  run_type: 'manual',
  execution_date: at,
  run_after: at,
  conf: {},
});

const dag = (id: string) => ({
  dag_id: id,
  is_paused: false,
  tags: [{ name: 'team:x' }],
  owners: ['ada'],
});

const importError = (id: string) => ({
  import_error_id: Number(id),
  filename: `${id}.py`,
  stack_trace: 'Traceback',
  timestamp: at,
});

const task = (id: string) => ({
  dag_id: 'fine',
  dag_run_id: 'r',
  task_id: id,
  map_index: -1,
  state: 'success',
  try_number: 1,
});

/** Every list that is read row by row, with a row of it. */
const lists: [string, z.ZodType, (id: string) => Record<string, unknown>][] = [
  ['dag_runs of Airflow 2', listOf('rows', runsV1.runBody), run],
  ['dag_runs of Airflow 3', listOf('rows', runsV2.runBody), run],
  ['dags of Airflow 2', listOf('rows', dagsV1.dagBody), dag],
  ['dags of Airflow 3', listOf('rows', dagsV2.dagBody), dag],
  ['import_errors of Airflow 2', listOf('rows', importErrorBody), importError],
  ['import_errors of Airflow 3', listOf('rows', importErrorBody), importError],
  ['task_instances', listOf('rows', taskInstance), task],
  [
    'pools',
    listOf('rows', poolBody),
    id => ({ name: id, slots: 8, running_slots: 1, open_slots: 7 }),
  ],
  [
    'event_logs',
    listOf('rows', activityBody),
    id => ({ event_log_id: Number(id), when: at, event: 'trigger' }),
  ],
  [
    'assets',
    listOf('rows', assetBody),
    id => ({ id: Number(id), uri: `s3://${id}`, producing_tasks: [] }),
  ],
  [
    'asset_events',
    listOf('rows', assetEventBody),
    id => ({ id: Number(id), asset_id: 1, timestamp: at }),
  ],
];

describe.each(lists)('%s', (_name, schema, rowOf) => {
  const read = (rows: unknown[]) => {
    const body = { rows, total_entries: rows.length };
    return schema.parseAsync(body) as Promise<Received<unknown>>;
  };

  it('keep all others when any one row is anything at all', async () => {
    const good = ['1', '2', '3', '4'].map(rowOf);
    const whole = (await read(good)).items;
    expect(whole).toHaveLength(good.length);
    const anyField = fc
      .tuple(fc.constantFrom(...Object.keys(rowOf('9'))), fc.jsonValue())
      .map(([field, value]) => ({ ...rowOf('9'), [field]: value }));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length - 1 }),
        fc.oneof(fc.jsonValue(), anyField),
        async (place, odd) => {
          const { items, odd: leftOut } = await read(
            Object.assign([...good], { [place]: odd }),
          );
          expect(items.length + leftOut.length).toBe(good.length);
          const others = whole.filter((_, i) => i !== place);
          const kept =
            leftOut.length > 0 ? items : items.filter((_, i) => i !== place);
          expect(kept).toEqual(others);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([[[null, 7]], [[{}, {}, {}]], [[[]]], [['a', {}, false]]])(
    'are no such list where no row can be read: %j',
    async rows => {
      const whole = await schema.safeParseAsync({ rows });
      expect(whole.success).toBe(false);
      expect(whole.error?.issues[0].path.slice(0, 2)).toEqual(['rows', 0]);
    },
  );

  it.each([
    ['nothing', undefined, 'missing'],
    ['null', null, 'not a list'],
    ['an object', {}, 'not a list'],
  ])(
    'are no such list where %s stands in its place',
    async (_, rows, words) => {
      const whole = await schema.safeParseAsync({ rows });
      expect(whole.error?.issues).toMatchObject([
        { path: ['rows'], message: words },
      ]);
    },
  );
});

describe('of more rows than any list has', () => {
  const json = JSON.stringify({
    rows: Array.from({ length: 20_001 }, (_, i) => task(String(i))),
  });
  const read = (schema: z.ZodType) =>
    readJson(json, { wanted: wantedOf(schema) });

  it('none is read', async () => {
    await expect(read(listOf('rows', taskInstance))).rejects.toThrow(
      /^rows: more than 20000 rows$/,
    );
  });

  it('all are read of what an action touched', async () => {
    const touched = everyOneOf('rows', taskInstance);
    const { items } = await touched.parseAsync(await read(touched));
    expect(items).toHaveLength(20_001);
  });
});

const runs = {
  v1: listOf('dag_runs', runsV1.runBody),
  v2: listOf('dag_runs', runsV2.runBody),
};

describe.each(['v1', 'v2'] as const)('a row of the runs of %s', version => {
  const read = async (odd: object) =>
    runs[version].parseAsync(
      await readJson(
        JSON.stringify({
          dag_runs: [run('r1'), { ...run('r2'), dag_id: 'odd', ...odd }],
          total_entries: 2,
        }),
        { exact: ['conf'], wanted: wantedOf(runs[version]) },
      ),
    );

  it.each<[string, object, object]>([
    ['has no state', { state: null }, { state: 'unknown', conf: '{}' }],
    ['is in a new state', { state: 'napping' }, { state: 'unknown' }],
    ['is in no word of a state', { state: 7 }, { state: 'unknown' }],
    ['has a list as conf', { conf: ['a', 1] }, { conf: '["a",1]' }],
    ['has a text as conf', { conf: 'all' }, { conf: '"all"' }],
    ['has no conf', { conf: null }, { conf: '{}' }],
    ['has a number as type', { run_type: 3 }, { type: 'unknown' }],
    ['began at no moment', { start_date: 'soon' }, { startedAt: null }],
    ['ended at a number', { end_date: 1764349200 }, { endedAt: null }],
    ['has a list as note', { note: [] }, { note: null }],
    [
      'has a note that no column takes',
      { note: 'a\u0000b' },
      { note: 'a\ufffdb' },
    ],
  ])('that %s is read in what can be', async (_what, odd, expected) => {
    const { items, odd: leftOut } = await read(odd);
    expect(leftOut).toEqual([]);
    expect(items).toMatchObject([
      { runId: 'r1', state: 'failed' },
      { runId: 'r2', ...expected },
    ]);
  });

  it.each<[string, object, string]>([
    ['no id', { dag_run_id: undefined }, 'odd: dag_run_id: missing'],
    ['a number as id', { dag_run_id: 5 }, 'odd 5: dag_run_id: not a text'],
    ['an empty id', { dag_run_id: '' }, 'odd: dag_run_id: empty'],
    [
      'an id that no text may hold',
      { dag_run_id: 'a\u0000' },
      'odd a\ufffd: dag_run_id: holds a character that no text may',
    ],
    ['a DAG that is null', { dag_id: null }, 'r2: dag_id: not a text'],
    [
      'a moment that is none',
      { execution_date: '28/11/2026', run_after: 'yesterday' },
      `odd r2: ${
        version === 'v1' ? 'execution_date' : 'run_after'
      }: is no moment`,
    ],
    [
      'a lone number for a moment',
      { execution_date: '1', run_after: '1' },
      `odd r2: ${
        version === 'v1' ? 'execution_date' : 'run_after'
      }: is no moment`,
    ],
  ])('that has %s is left out and named', async (_what, odd, why) => {
    const { items, odd: leftOut } = await read(odd);
    expect(items).toMatchObject([{ runId: 'r1' }]);
    expect(leftOut).toEqual([why]);
  });

  it('is what is odd where it came alone', async () => {
    const alone = { ...run('r2'), run_after: 5, execution_date: 5 };
    expect(await runs[version].parseAsync({ dag_runs: [alone] })).toMatchObject(
      {
        items: [],
        odd: [expect.stringMatching(/^fine r2: /)],
      },
    );
  });

  it('makes no odd answer of an odd total', async () => {
    expect(
      await runs[version].parseAsync({
        dag_runs: [run('r1')],
        total_entries: 'many',
      }),
    ).toMatchObject({ items: [{ runId: 'r1' }], total: undefined });
  });
});

describe.each([
  ['v1', dagsV1.dagBody],
  ['v2', dagsV2.dagBody],
])('a row of the DAGs of %s', (_version, body) => {
  it.each([
    ['tags', null, { tags: [] }],
    [
      'tags',
      [{ name: 'b' }, null, { name: 3 }, { name: 'a' }],
      { tags: ['a', 'b'] },
    ],
    ['owners', 'ada', { owners: [] }],
    ['owners', ['ada', null], { owners: ['ada'] }],
    ['is_paused', 'yes', { paused: false }],
    ['max_active_runs', 2 ** 40, { maxActiveRuns: null }],
    ['description', {}, { description: null }],
    ['last_parsed_time', 'never', { lastParsedAt: null }],
    ['schedule_interval', 5, { schedule: { kind: 'none' } }],
  ])('with %s that is %j is read in the rest', (field, value, expected) => {
    const read = body.parse({ ...dag('d'), [field]: value });
    expect(read).toMatchObject({ dagId: 'd', ...expected });
  });
});
