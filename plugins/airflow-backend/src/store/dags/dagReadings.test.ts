import type { DagPresence } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Stores } from '..';
import type { AirflowDag } from '../../airflow';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { keepPresences } from '../../__testUtils__/inventories';
import { aDag, aScope, vanished } from '../../__testUtils__/rows';

const databases = testDatabases();
const readAt = new Date('2026-11-24T03:00:00.000Z');

describe.each(databases.eachSupportedId())(
  'what readings change of DAGs, on %s',
  id => {
    let stores: Stores;

    beforeEach(async () => {
      stores = (await freshStores(databases, id)).stores;
    });

    describe('whether Airflow still has a DAG', () => {
      const at = (time: string) => new Date(`2026-11-24T${time}:00.000Z`);
      const presenceAt = (time: string, state: DagPresence) =>
        new Map([
          ['b', { state, since: at(time).toISOString(), reason: 'so it is' }],
        ]);
      const keep = (time: string, state: DagPresence) =>
        keepPresences(stores, 'prod', presenceAt(time, state), at(time));

      beforeEach(() =>
        stores.dags.save(
          'prod',
          ['a', 'b'].map(dagId =>
            aDag(dagId, { nextRunAt: at('05:00').toISOString() }),
          ),
          at('03:00'),
        ),
      );

      it.each<[DagPresence, string | null, string | null]>([
        ['broken', null, null],
        ['unparsed', at('05:00').toISOString(), null],
        ['doubted', at('05:00').toISOString(), null],
        ['vanished', null, at('03:02').toISOString()],
        ['deleted', null, at('03:02').toISOString()],
      ])(
        'is kept, and what follows of it: %s',
        async (state, nextRunAt, goneAt) => {
          await keep('03:02', state);
          expect(await stores.dags.get('prod', 'b')).toMatchObject({
            presence: {
              state,
              since: at('03:02').toISOString(),
              reason: 'so it is',
            },
            nextRunAt,
            goneAt,
          });
          expect(await stores.dags.get('prod', 'a')).toMatchObject({
            presence: { state: 'listed', since: null, reason: null },
          });
          const listed = await stores.dags.list({
            scope: aScope('prod'),
            filter: { presence: [state] },
            page: { limit: 10 },
          });
          expect(listed.items.map(({ dagId }) => dagId)).toEqual(['b']);
          const all = await stores.dags.list({
            scope: aScope('prod'),
            filter: {},
            page: { limit: 10 },
          });
          expect(all.total).toBe(goneAt ? 1 : 2);
        },
      );

      it('is not changed by its being read, nor by an older reading', async () => {
        await keep('03:04', 'deleted');
        await stores.dags.save('prod', [aDag('b')], at('03:06'));
        await keep('03:03', 'listed');
        const stored = await stores.dags.presences('prod');
        expect(stored.get('b')?.presence.state).toBe('deleted');
        await keep('03:06', 'listed');
        expect(await stores.dags.get('prod', 'b')).toMatchObject({
          presence: { state: 'listed' },
          goneAt: null,
        });
      });

      it.each<[DagPresence, { dagId: string } | 'doubted', DagPresence]>([
        ['doubted', 'doubted', 'deleted'],
        ['vanished', 'doubted', 'vanished'],
        ['vanished', { dagId: 'b' }, 'deleted'],
        ['vanished', { dagId: 'a' }, 'vanished'],
        ['listed', { dagId: 'b' }, 'listed'],
      ])('that was %s is settled by a person for %j: %s', async (...row) => {
        const [before, which, after] = row;
        await keep('03:02', before);
        await stores.alerts.transaction(trx =>
          stores.dags.settleGone(trx, 'prod', which, {
            by: 'user:default/ada',
            reason: 'we moved',
            at: at('03:10'),
          }),
        );
        const stored = await stores.dags.presences('prod');
        expect(stored.get('b')?.presence.state).toBe(after);
        expect(stored.get('a')?.presence.state).toBe('listed');
      });
    });

    it('never puts an older reading over a newer one', async () => {
      const newer = new Date('2026-11-24T03:02:00.000Z');
      const older = new Date('2026-11-24T03:00:00.000Z');
      await stores.dags.save('prod', [aDag('a', { paused: true })], newer);
      await stores.dags.save('prod', [aDag('a', { paused: false })], older);
      expect(await stores.dags.get('prod', 'a')).toMatchObject({
        paused: true,
      });
    });

    describe('what Airflow promises', () => {
      const at = (time: string) => new Date(`2026-11-24T${time}:00.000Z`);
      const read = (
        time: string,
        next: string | null,
        more: Partial<AirflowDag> = {},
      ) =>
        stores.dags.save(
          'prod',
          [aDag('a', { nextRunAt: next && at(next).toISOString(), ...more })],
          at(time),
        );
      const promised = async () => {
        const window = { from: at('00:00'), to: at('23:00') };
        const found = await stores.promisedRuns.due('prod', window);
        return found.map(({ runAfter }) => runAfter.slice(11, 16));
      };

      it('is kept once its time has come, whatever is announced then', async () => {
        await read('03:00', '04:00');
        await read('03:02', '04:00');
        await read('04:01', '05:00');
        expect(await promised()).toEqual(['04:00', '05:00']);
      });

      it('is withdrawn by a pause even when it is due, for nobody knows when that began', async () => {
        await read('03:00', '04:00');
        await read('04:01', '05:00', { paused: true });
        expect(await promised()).toEqual([]);
      });

      it('is withdrawn when another schedule announces something else, though it is due', async () => {
        const schedule = (expression: string) => ({
          schedule: { kind: 'cron' as const, expression, description: null },
        });
        await read('03:00', '04:00', schedule('0 * * * *'));
        await read('04:01', '09:00', schedule('0 9 * * *'));
        expect(await promised()).toEqual(['09:00']);
      });

      it('is withdrawn when nothing, or something before it is announced', async () => {
        await read('03:00', '04:00');
        await read('04:01', null);
        expect(await promised()).toEqual([]);
        await read('04:02', '04:00');
        await read('04:03', '03:30');
        expect(await promised()).toEqual(['03:30']);
      });

      it('is one and the same as long as it is for the same logical date', async () => {
        const nextRun = { logicalDate: at('02:00').toISOString(), dueAt: null };
        await read('03:00', '03:00', { nextRun });
        await read('03:02', '03:02', { nextRun });
        expect(await promised()).toEqual(['03:02']);
      });

      it.each<[string, string | null, { paused?: boolean }, string[]]>([
        ['another time', '04:30', {}, ['04:30']],
        ['no time any more', null, {}, []],
        ['the same time, but is paused', '04:00', { paused: true }, []],
      ])(
        'is withdrawn when before its time the DAG announces %s',
        async (_what, next, more, expected) => {
          await read('03:00', '04:00');
          await read('03:30', next, more);
          expect(await promised()).toEqual(expected);
        },
      );

      it('is withdrawn when the DAG is gone before its time, and not after', async () => {
        await read('03:00', '04:00');
        await read('04:10', '05:00');
        await keepPresences(
          stores,
          'prod',
          vanished(at('04:20').toISOString(), 'a'),
          at('04:20'),
        );
        expect(await promised()).toEqual(['04:00']);
      });

      it('heeds the newest reading, in whichever order they arrive', async () => {
        await read('03:30', '04:30');
        await read('03:00', '04:00');
        expect(await promised()).toEqual(['04:30']);
      });
    });

    it('takes thousands of DAGs with ids of every kind at once', async () => {
      const ids = Array.from({ length: 2_500 }, (_, i) => `dag.${i}/ü 'x"%_`);
      await stores.dags.save(
        'prod',
        ids.map(dagId => aDag(dagId, { tags: ['a', 'b'] })),
        readAt,
      );
      const { total } = await stores.dags.list({
        scope: aScope('prod'),
        filter: { tag: ['a', 'b'], tagMatch: 'all' },
        page: { limit: 1 },
      });
      expect(total).toBe(2_500);
      expect(await stores.dags.get('prod', ids[7])).toMatchObject({
        dagId: ids[7],
      });
    });
  },
);
