import fc from 'fast-check';
import { alertOf } from '../../__testUtils__/alerts';
import { groupByCause } from './groups';

const shape = (alerts: Parameters<typeof groupByCause>[0]) =>
  groupByCause(alerts).map(({ causeId, cause, because }) => [
    causeId,
    cause !== null,
    because.map(({ id }) => id),
  ]);

describe('groupByCause', () => {
  it.each([
    ['nothing of nothing', [], []],
    [
      'a cause with what is beneath it, where that comes first',
      [
        ['run', 'dag'],
        ['other', null],
        ['dag', null],
      ],
      [
        ['dag', true, ['run']],
        ['other', true, []],
      ],
    ],
    [
      'a chain at its upper end',
      [
        ['cluster', null],
        ['run', 'dag'],
        ['dag', 'cluster'],
      ],
      [['cluster', true, ['run', 'dag']]],
    ],
    [
      'what has its cause on another page, once',
      [
        ['a', 'away'],
        ['b', null],
        ['c', 'away'],
      ],
      [
        ['away', false, ['a', 'c']],
        ['b', true, []],
      ],
    ],
  ] as const)('shows %s', (_, given, expected) => {
    const alerts = given.map(([id, inhibitedBy]) =>
      alertOf({ id, inhibitedBy }),
    );
    expect(shape(alerts)).toEqual(expected);
  });

  it('shows every alert exactly once, whatever the causes', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(12).map(String), { maxLength: 12 }),
        fc.array(fc.option(fc.nat(14).map(String)), {
          minLength: 12,
          maxLength: 12,
        }),
        (ids, causes) => {
          const alerts = ids.map((id, index) =>
            alertOf({ id, inhibitedBy: causes[index] }),
          );
          const shown = groupByCause(alerts).flatMap(({ cause, because }) => [
            ...(cause ? [cause.id] : []),
            ...because.map(({ id }) => id),
          ]);
          expect(shown.sort()).toEqual([...ids].sort());
        },
      ),
    ));
});
