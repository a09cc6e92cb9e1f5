import { airflowEndpoints, unknownKeyIn } from '.';

const { listRuns, triggerDag, clearRun, listXComs } = airflowEndpoints;

describe('a request', () => {
  it.each([
    [listRuns.query, { cluster: 'prod', state: ['failed'], limit: '5' }],
    [listRuns.query, {}],
    [triggerDag.body, { conf: '{}', note: 'x' }],
    [triggerDag.body, undefined],
    [listXComs.body, undefined],
  ])('is known %#', (schema, value) => {
    expect(unknownKeyIn(schema, value)).toBeUndefined();
  });

  it.each([
    [listRuns.query, { clutser: 'prod' }, ['clutser']],
    [listRuns.query, { state: 'failed', Limit: '5' }, ['Limit']],
    [listXComs.query, { mapIndex: '1', map_index: '1' }, ['map_index']],
    [triggerDag.body, { config: {} }, ['config']],
    [
      clearRun.body,
      {
        tasks: [
          { taskId: 'a', mapIndex: 1 },
          { taskId: 'b', index: 2 },
        ],
      },
      ['tasks', '1', 'index'],
    ],
    [listRuns.query, { constructor: 'x' }, ['constructor']],
  ])('names what is not known %#', (schema, value, path) => {
    expect(unknownKeyIn(schema, value)).toMatchObject({ path });
  });
});
