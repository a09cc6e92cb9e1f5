import type { Presence } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  isDoubtful,
  isOfFile,
  judgePresence,
  overdueBefore,
  type Sighting,
} from './presence';

const at = '2026-11-24T03:00:00.000Z';
const anHourAgo = '2026-11-24T02:00:00.000Z';
const twoDaysAgo = '2026-11-22T03:00:00.000Z';

const was = (
  state: Presence['state'],
  since: string | null = anHourAgo,
): Presence => ({ state, since, reason: `was ${state}` });

const active: Sighting = {
  seen: 'active',
  hasImportErrors: false,
  isOverdue: false,
};
const marked: Sighting = { ...active, hasImportErrors: true };
const overdue: Sighting = { ...active, isOverdue: true };
const stale: Sighting = {
  seen: 'stale',
  hasImportError: false,
  isFileInUse: false,
};
const takenOut: Sighting = { ...stale, isFileInUse: true };
const unimportable: Sighting = { ...stale, hasImportError: true };
const missing: Sighting = { seen: 'missing' };
const deleted: Sighting = { seen: 'deleted', by: 'ada' };

describe('a DAG that was … and is met … in a reading that is …', () => {
  it.each<[Presence, string, Sighting, 'well' | 'doubted', Presence['state']]>([
    [was('listed'), 'active', active, 'well', 'listed'],
    [was('listed'), 'marked (2.x, at first)', marked, 'well', 'broken'],
    [was('listed'), 'stale with an error', unimportable, 'well', 'broken'],
    [was('listed'), 'stale', stale, 'well', 'vanished'],
    [was('listed'), 'stale', stale, 'doubted', 'doubted'],
    [was('listed'), 'missing', missing, 'doubted', 'doubted'],
    [
      was('listed'),
      'missing, and could not be asked for',
      missing,
      'well',
      'listed',
    ],
    [was('listed'), 'deleted', deleted, 'well', 'deleted'],
    [was('listed'), 'deleted by the event log', deleted, 'doubted', 'deleted'],
    [was('listed'), 'parsed too long ago', overdue, 'well', 'unparsed'],
    [was('listed'), 'stale with an error', unimportable, 'doubted', 'broken'],
    [was('broken'), 'active', active, 'well', 'listed'],
    [was('broken'), 'stale, its error gone', stale, 'well', 'vanished'],
    [was('broken'), 'stale, its error gone', stale, 'doubted', 'doubted'],
    [was('broken'), 'missing', missing, 'doubted', 'doubted'],
    [was('unparsed'), 'active', active, 'well', 'listed'],
    [was('unparsed'), 'stale', stale, 'well', 'vanished'],
    [was('doubted'), 'active', active, 'well', 'listed'],
    [was('doubted'), 'active', active, 'doubted', 'listed'],
    [was('doubted'), 'stale', stale, 'doubted', 'doubted'],
    [was('doubted'), 'stale', stale, 'well', 'vanished'],
    [was('doubted'), 'missing', missing, 'doubted', 'doubted'],
    [
      was('doubted'),
      'missing, and could not be asked for',
      missing,
      'well',
      'doubted',
    ],
    [was('doubted', twoDaysAgo), 'missing', missing, 'doubted', 'vanished'],
    [was('doubted', twoDaysAgo), 'stale', stale, 'doubted', 'vanished'],
    [was('doubted'), 'deleted by the event log', deleted, 'doubted', 'deleted'],
    [was('vanished'), 'active', active, 'well', 'listed'],
    [was('vanished'), 'stale', stale, 'doubted', 'vanished'],
    [was('vanished'), 'missing', missing, 'doubted', 'vanished'],
    [was('vanished'), 'deleted', deleted, 'well', 'deleted'],
    [
      was('vanished'),
      'back, but not importable',
      unimportable,
      'well',
      'broken',
    ],
    [was('deleted'), 'stale', stale, 'well', 'deleted'],
    [was('deleted'), 'missing', missing, 'doubted', 'deleted'],
    [was('deleted'), 'active', active, 'well', 'listed'],
  ])('%j, %s, %j, %s: is %s', (before, _how, sighting, reading, state) => {
    const after = judgePresence({
      before,
      sighting,
      at,
      isDoubtful: reading === 'doubted',
    });
    expect(after.state).toBe(state);
    expect(after.since).toBe(state === before.state ? before.since : at);
  });

  it('says why', () => {
    const reasonOf = (sighting: Sighting, doubt = false) =>
      judgePresence({
        before: { state: 'listed', since: null, reason: null },
        sighting,
        at,
        isDoubtful: doubt,
      }).reason;
    expect(reasonOf(active)).toBe(null);
    expect(reasonOf(unimportable)).toBe('Airflow cannot import its file');
    expect(reasonOf(stale)).toBe('Airflow finds it in no file any more');
    expect(reasonOf(takenOut)).toBe('its file is there but no longer holds it');
    expect(reasonOf(deleted)).toBe('ada deleted it in Airflow');
    expect(reasonOf(stale, true)).toContain('many others at once');
  });
});

it.each([
  ['nothing listed, of one', { known: 1, unseen: 1, listed: 0 }, true],
  ['nothing listed, of many', { known: 234, unseen: 234, listed: 0 }, true],
  ['nothing unseen', { known: 5, unseen: 0, listed: 5 }, false],
  [
    'nothing known and nothing listed',
    { known: 0, unseen: 0, listed: 0 },
    false,
  ],
  ['the only one is stale', { known: 1, unseen: 1, listed: 1 }, false],
  ['one of two', { known: 2, unseen: 1, listed: 1 }, false],
  ['two of four', { known: 4, unseen: 2, listed: 2 }, true],
  ['three of twenty', { known: 20, unseen: 3, listed: 17 }, false],
  ['four of twenty', { known: 20, unseen: 4, listed: 16 }, true],
  ['a tenth', { known: 100, unseen: 10, listed: 90 }, false],
  ['more than a tenth', { known: 100, unseen: 11, listed: 89 }, true],
  ['a page of many', { known: 1_000, unseen: 100, listed: 900 }, true],
  ['a big file of many', { known: 1_000, unseen: 25, listed: 975 }, false],
])('doubts a reading: %s', (_what, reading, expected) => {
  expect(isDoubtful(reading)).toBe(expected);
});

describe('a file parsed too long ago', () => {
  const minutesAgo = (minutes: number) =>
    new Date(Date.parse(at) - minutes * 60_000).toISOString();

  it.each([
    ['nothing was parsed', [], null],
    ['all at once', [0, 0, 0], 60],
    ['the slow loop of a large cluster', [0, 20, 30, 40, 55], 90],
    ['parsed once a day', [0, 300, 700, 1_000, 1_400], 2_100],
  ])('%s', (_what, ages, expected) => {
    expect(overdueBefore(ages.map(minutesAgo))).toBe(
      expected === null ? null : minutesAgo(expected),
    );
  });
});

it.each([
  ['/dags/a.py', '/dags/a.py', true],
  ['/dags/a.py', '/dags/b/a.py', false],
  ['a.py', 'a.py', true],
  ['a.py', 'ba.py', false],
  ['sub/a.py', '/opt/dags/sub/a.py', true],
  ['pack.zip', 'pack.zip/inner.py', true],
  ['/dags/pack.zip', '/dags/pack.zip/inner.py', true],
  ['pack.zip', '/dags/pack.zip/inner.py', true],
  ['/dags/pack.zip/inner.py', 'pack.zip/inner.py', true],
  ['/dags/a.py', null, false],
])('an error in %s is of the DAG in %s: %s', (file, location, expected) => {
  expect(isOfFile(file, location)).toBe(expected);
});
