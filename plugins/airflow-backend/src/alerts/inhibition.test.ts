import {
  alertRuleTypes,
  componentNames,
  type AlertRuleType,
  type AlertSubject,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { ruleTypes } from '../rules';
import { causes, type InhibitableAlert } from './inhibition';

const cluster = 'prod-eu';

function subjectOf(ruleType: AlertRuleType, name: string): AlertSubject {
  switch (ruleTypes[ruleType].about) {
    case 'cluster':
      return { kind: 'cluster', cluster };
    case 'component': {
      const component = componentNames.find(known => known === name);
      return {
        kind: 'component',
        cluster,
        component: component ?? 'scheduler',
      };
    }
    case 'dag-file':
      return { kind: 'dag-file', cluster, filename: name };
    case 'run':
      return { kind: 'run', cluster, dagId: name, runId: 'run' };
    default:
      return { kind: 'dag', cluster, dagId: name };
  }
}

/** An alert named like `run-failed a`: its rule type, and its component, file or DAG. */
function alert(
  id: string,
  overrides: Partial<InhibitableAlert> = {},
): InhibitableAlert {
  const [type, name = ''] = id.split(' ');
  const ruleType = alertRuleTypes.find(known => known === type);
  if (!ruleType) throw new Error(`There is no rule type ${type}`);
  return {
    id,
    ruleType,
    status: 'firing',
    subject: subjectOf(ruleType, name),
    since: '2026-11-24T03:00:00.000Z',
    owner: null,
    ...overrides,
  };
}

const unreachable = 'cluster-unreachable';
const vanished = 'dags-vanished';
const metadatabase = 'component-unhealthy metadatabase';
const scheduler = 'component-unhealthy scheduler';
const triggerer = 'component-unhealthy triggerer';
const processor = 'component-unhealthy dag_processor';

/** Where the file is that cannot be imported, here that of `broken`. */
const brokenFileOf = (dagId: string) =>
  dagId === 'broken' ? '/opt/airflow/dags/f.py' : null;

describe('the cause of an alert', () => {
  it.each([
    [unreachable, []],
    ['readings-failing', [unreachable, metadatabase]],
    ['clock-skew', [unreachable]],
    [metadatabase, [unreachable]],
    [scheduler, [unreachable, metadatabase]],
    [triggerer, [unreachable, metadatabase]],
    ['import-error f.py', [unreachable, metadatabase, processor]],
    ['failures-in-a-row a', [unreachable]],
    ['run-failed a', [unreachable, 'failures-in-a-row a']],
    ['run-too-long a', [unreachable, metadatabase, scheduler]],
    [
      'run-missed a',
      [
        unreachable,
        metadatabase,
        scheduler,
        'dag-vanished a',
        'run-too-long a',
      ],
    ],
    [vanished, [unreachable, metadatabase, processor]],
    ['dag-vanished a', [unreachable]],
    [
      'run-missed broken',
      [
        unreachable,
        metadatabase,
        scheduler,
        'import-error f.py',
        'dag-vanished broken',
        'run-too-long broken',
      ],
    ],
    [
      'no-success broken',
      [
        unreachable,
        metadatabase,
        scheduler,
        'import-error f.py',
        'dag-vanished broken',
        'failures-in-a-row broken',
        'run-failed broken',
        'run-too-long broken',
        'run-missed broken',
      ],
    ],
    [
      'no-success a',
      [
        unreachable,
        metadatabase,
        scheduler,
        'dag-vanished a',
        'failures-in-a-row a',
        'run-failed a',
        'run-too-long a',
        'run-missed a',
      ],
    ],
  ])('of %s is the widest of %p', (id, expected) => {
    const dagId = id.split(' ')[1] ?? 'a';
    const others = alertRuleTypes.flatMap(type => {
      if (type === unreachable || type === vanished) return [type];
      if (type === 'component-unhealthy') {
        return componentNames.map(name => `${type} ${name}`);
      }
      return type === 'import-error'
        ? [`${type} f.py`, `${type} other.py`]
        : [`${type} ${dagId}`, `${type} other`];
    });
    let candidates = others.filter(other => other !== id);
    const found: string[] = [];
    for (;;) {
      const open = [id, ...candidates].map(name => alert(name));
      const cause = causes(open, brokenFileOf).get(id);
      if (!cause) break;
      found.push(cause);
      candidates = candidates.filter(other => other !== cause);
    }
    expect(found).toEqual(expected);
  });

  it.each([
    ['pending', false],
    ['firing', true],
    ['acknowledged', true],
    ['resolved', false],
  ] as const)('may be one that is %s: %p', (status, isCause) => {
    const open = [alert(unreachable, { status }), alert('run-failed a')];
    expect(causes(open, brokenFileOf).has('run-failed a')).toBe(isCause);
  });

  it.each([
    ['was there first', '2026-11-24T02:00:00Z', 'z'],
    ['comes first by its id', '2026-11-24T03:00:00.000Z', unreachable],
  ])('is the one that %s, when rules find it twice', (_what, since, cause) => {
    const twice = [alert(unreachable), alert(unreachable, { id: 'z', since })];
    const failed = alert('run-failed a');
    const expected = new Map([['run-failed a', cause]]);
    expect(causes([...twice, failed], brokenFileOf)).toEqual(expected);
    expect(causes([...twice.reverse(), failed], brokenFileOf)).toEqual(
      expected,
    );
  });

  it.each<[string, string, string | null, boolean]>([
    ['the file itself', 'sales/f.py', 'sales/f.py', true],
    ['it, as a path of the bundle', 'sales/f.py', '/dags/sales/f.py', true],
    ['the zip that it is in', '/dags/all.zip', '/dags/all.zip/f.py', true],
    ['one of the same name elsewhere', 'sales/f.py', '/dags/ops/f.py', false],
    ['another one', 'g.py', '/dags/f.py', false],
    ['any, of a DAG in no file that is known', 'f.py', null, false],
  ])('is the error of its own file: %s', (_what, filename, location, is) => {
    const open = [alert(`import-error ${filename}`), alert('run-missed a')];
    expect(causes(open, () => location).has('run-missed a')).toBe(is);
  });

  it('is what the team of the DAG is told of a file that it shares', () => {
    const team = (ref: string) => ({ ref, source: 'tag' as const, by: '' });
    const ofFile = (ref: string, since: string) =>
      alert('import-error f.py', { id: ref, since, owner: team(ref) });
    const open = [
      ofFile('group:default/a', '2026-11-24T02:00:00Z'),
      ofFile('group:default/b', '2026-11-24T03:00:00Z'),
      alert('run-missed broken', { owner: team('group:default/b') }),
    ];
    const causeOf = (all: InhibitableAlert[]) =>
      causes(all, brokenFileOf).get('run-missed broken');
    expect(causeOf(open)).toBe('group:default/b');
    expect(causeOf([...open].reverse())).toBe('group:default/b');
    const [ofOthers, , missed] = open;
    expect(causeOf([ofOthers, missed])).toBe('group:default/a');
  });

  it('is, of errors that others are told of, the one that was there first', () => {
    const told = (by: string | null, since: string) =>
      alert('import-error f.py', {
        id: `${by}`,
        since,
        owner: by === null ? null : { ref: by, source: 'tag', by: '' },
      });
    const older = told('group:default/a', '2026-11-24T01:00:00Z');
    const newer = told('group:default/b', '2026-11-24T02:00:00Z');
    const nobody = told(null, '2026-11-24T03:00:00Z');
    const causeOf = (...errors: InhibitableAlert[]) =>
      causes([...errors, alert('run-missed broken')], brokenFileOf).get(
        'run-missed broken',
      );
    expect(causeOf(older, newer)).toBe('group:default/a');
    expect(causeOf(newer, older)).toBe('group:default/a');
    // A DAG of no owner goes with the error that no owner is told of.
    expect(causeOf(older, nobody)).toBe('null');
    expect(causeOf(nobody, newer)).toBe('null');
  });

  const anyAlert = fc
    .record({
      ruleType: fc.constantFrom(...alertRuleTypes),
      name: fc.constantFrom('a', 'broken', 'f.py', ...componentNames),
      nr: fc.nat(3),
      since: fc.constantFrom('2026-11-24T02:00:00Z', '2026-11-24T03:00:00Z'),
      status: fc.constantFrom('firing' as const, 'acknowledged' as const),
    })
    .map(({ ruleType, name, nr, since, status }) =>
      alert(`${ruleType} ${name}`, {
        id: `${ruleType} ${name} ${nr}`,
        since,
        status,
      }),
    );
  const anyAlerts = fc.uniqueArray(anyAlert, { selector: ({ id }) => id });

  it('never leads round in a circle, and ends at one that has none', () => {
    fc.assert(
      fc.property(anyAlerts, open => {
        const found = causes(open, brokenFileOf);
        for (const { id } of open) {
          const seen = new Set<string>();
          let at: string | undefined = id;
          while (at !== undefined) {
            expect(seen).not.toContain(at);
            seen.add(at);
            at = found.get(at);
          }
        }
      }),
    );
  });

  it('does not depend on the order of alerts', () => {
    fc.assert(
      fc.property(anyAlerts, fc.infiniteStream(fc.nat()), (open, order) => {
        const keys = new Map(open.map(one => [one, order.next().value ?? 0]));
        const shuffled = [...open].sort(
          (a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0),
        );
        const sorted = (all: readonly InhibitableAlert[]) =>
          [...causes(all, brokenFileOf)].sort();
        expect(sorted(shuffled)).toEqual(sorted(open));
      }),
    );
  });
});
