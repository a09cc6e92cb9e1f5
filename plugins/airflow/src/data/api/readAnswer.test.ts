import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import fc from 'fast-check';
import { AirflowApiError } from './AirflowApiError';
import { readAnswer } from './readAnswer';

const { listPools, listActivity } = airflowEndpoints;

const pool = (name: unknown) => ({
  name,
  description: null,
  slots: 1,
  running: 0,
  queued: 0,
  scheduled: 0,
  deferred: 0,
  countsDeferred: false,
  open: 1,
});

it('leaves out the items that are odd, and no other', () =>
  fc.assert(
    fc.property(fc.array(fc.boolean()), odd => {
      const items = odd.map((isOdd, i) => pool(isOdd ? i : `pool ${i}`));
      const read = readAnswer(listPools.response, { items });
      expect(read.data.items).toEqual(
        items.filter(({ name }) => typeof name === 'string'),
      );
      expect(read.leftOut).toBe(odd.filter(Boolean).length);
    }),
  ));

it.each([
  ['no list where one should be', { items: 'none' }],
  ['something that no list holds', { items: [], nextCursor: 1 }],
  ['nothing', null],
])('says in words of its own that it cannot read %s', (_, answer) => {
  const read = () => readAnswer(listActivity.response, answer);
  expect(read).toThrow(AirflowApiError);
  expect(read).toThrow(/^The portal answered with something/);
});
