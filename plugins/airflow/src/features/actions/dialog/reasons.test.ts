import {
  askingFor,
  isEnough,
  type ActionName,
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
      production.map(([where, of]) => ({ action, where, of })),
    ),
  )('is needed for $action $where', ({ action, of }) => {
    expect(askingFor(action, of)).toEqual({
      isAsked: true,
      neededBecause: 'This is production.',
    });
  });

  it.each(
    reversible.flatMap(action =>
      unknown.map(([where, of]) => ({ action, where, of })),
    ),
  )('is needed for $action $where', ({ action, of }) => {
    expect(askingFor(action, of)).toEqual({
      isAsked: true,
      neededBecause: 'It is not known whether this is production.',
    });
  });

  it.each(
    reversible.flatMap(action =>
      elsewhere.map(([where, of]) => ({ action, where, of })),
    ),
  )('is asked for $action $where', ({ action, of }) => {
    expect(askingFor(action, of)).toEqual({
      isAsked: true,
      neededBecause: null,
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
