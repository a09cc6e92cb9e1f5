import {
  askingFor,
  isEnough,
  type ActionName,
  type Asking,
  type Environment,
} from './reasons';

const final: ActionName[] = [
  'alert-resolve',
  'backfill-cancel',
  'backfill-repeat',
  'clear',
  'delete-dag',
  'delete-run',
];
const reversible: ActionName[] = [
  'alert-acknowledge',
  'backfill',
  'backfill-pause',
  'backfill-unpause',
  'mark-run',
  'mark-tasks',
  'set-owner',
  'trigger',
];
const plain: ActionName[] = ['note', 'reparse'];

const production: [string, Environment[]][] = [
  ['in production', ['production']],
  ['in what is called prod', ['Prod EU']],
  [
    'where some of it is in production',
    [null, undefined, 'staging', 'production'],
  ],
];
const elsewhere: [string, Environment[]][] = [
  ['in staging', ['staging']],
  ['before production', ['pre-production']],
  ['where no environment is set', [null]],
];
const unknown: [string, Environment[]][] = [
  ['where the environment is not known', [undefined]],
  ['where some environment is not known', ['staging', undefined]],
];
const environments = [...production, ...elsewhere, ...unknown];

/** What is asked for each action in each place. */
const cases = (
  actions: readonly ActionName[],
  places: readonly [string, Environment[]][],
  expected: Asking,
) =>
  actions.flatMap(action =>
    places.map(([where, of]) => ({ action, where, of, expected })),
  );
const neededBecause = (why: string): Asking => ({
  isAsked: true,
  neededBecause: why,
});

describe('a reason', () => {
  it.each([
    ...cases(final, environments, neededBecause('This cannot be undone.')),
    ...cases(reversible, production, neededBecause('This is production.')),
    ...cases(
      reversible,
      unknown,
      neededBecause('It is not known whether this is production.'),
    ),
    ...cases(reversible, elsewhere, { isAsked: true, neededBecause: null }),
    ...cases(plain, environments, { isAsked: false, neededBecause: null }),
  ])('for $action $where: $expected', ({ action, of, expected }) => {
    expect(askingFor(action, of)).toEqual(expected);
  });

  it.each([
    ['clear', '', false],
    ['clear', ' ok ', false],
    ['clear', ' yes ', true],
    ['trigger', '', true],
    ['note', '', true],
  ] as const)('of %s may be %p: %p', (action, text, expected) => {
    expect(isEnough(askingFor(action, ['staging']), text)).toBe(expected);
  });
});
