import { askingFor, isEnough, type ActionName } from './reasons';

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

const environments: [string, (string | null)[]][] = [
  ['in production', ['production']],
  ['where some of it is in production', [null, 'staging', 'production']],
  ['in staging', ['staging']],
  ['where no environment is set', [null]],
  ['where the environment is not known', []],
];

describe('a reason', () => {
  it.each(
    final.flatMap(action =>
      environments.map(([where, of]) => ({ action, where, of })),
    ),
  )('is needed for $action $where', ({ action, of }) => {
    expect(askingFor(action, of)).toEqual({
      isAsked: true,
      neededBecause: 'This cannot be undone.',
    });
  });

  it.each(
    reversible.flatMap(action =>
      environments.map(([where, of]) => ({ action, where, of })),
    ),
  )('is asked for $action $where', ({ action, of }) => {
    expect(askingFor(action, of)).toEqual({
      isAsked: true,
      neededBecause: of.includes('production') ? 'This is production.' : null,
    });
  });

  it.each(
    plain.flatMap(action =>
      environments.map(([where, of]) => ({ action, where, of })),
    ),
  )('is not asked for $action $where', ({ action, of }) => {
    expect(askingFor(action, of)).toEqual({
      isAsked: false,
      neededBecause: null,
    });
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
