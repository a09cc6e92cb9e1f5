import fc from 'fast-check';
import {
  AIRFLOW_CLUSTER_ANNOTATION,
  AIRFLOW_DAG_ID_ANNOTATION,
  AIRFLOW_DAG_OWNER_ANNOTATION,
  AIRFLOW_DAG_TAG_ANNOTATION,
  readAirflowAnnotations,
} from './annotations';
import { matchesGlob, selectorQuery, selects } from './selector';
import { dagEndpoints } from './contract';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '_', 'ü') });
const patterns = fc.string({
  unit: fc.constantFrom('a', 'b', '.', '_', 'ü', '*', '?'),
});

/** The plainest way to say it, which may take for ever on long patterns. */
function asRegExp(pattern: string): RegExp {
  const parts = [...pattern].map(character => {
    if (character === '*') return '.*';
    if (character === '?') return '.';
    return character.replace(/[.]/, '\\.');
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
}

describe('matchesGlob', () => {
  it.each([
    ['load_orders', 'load_orders', true],
    ['load_orders', 'load_orders2', false],
    ['load_*', 'load_', true],
    ['load_*', 'reload_orders', false],
    ['*orders', 'load_orders', true],
    ['*.v?', 'import.v2', true],
    ['*.v?', 'import.v22', false],
    ['a*b*c', 'aXbXbXc', true],
    ['*', '', true],
    ['?', '', false],
    ['?', '✉', true],
    ['?', '😀', true],
    ['Load*', 'load', false],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['%', 'a', false],
  ])('%p on %p is %p', (pattern, name, matches) => {
    expect(matchesGlob(pattern, name)).toBe(matches);
  });

  it('says the same as a regular expression', () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, name) => {
        expect(matchesGlob(pattern, name)).toBe(asRegExp(pattern).test(name));
      }),
      { numRuns: 2_000 },
    );
  });

  it('matches whatever a star was put in place of', () => {
    fc.assert(
      fc.property(letters, letters, letters, (start, middle, end) => {
        expect(matchesGlob(`${start}*${end}`, start + middle + end)).toBe(true);
      }),
    );
  });

  it('is done at once with patterns made to take for ever', () => {
    const pattern = `${'*a'.repeat(100)}*b`;
    expect(matchesGlob(pattern, 'a'.repeat(250))).toBe(false);
  });
});

describe('readAirflowAnnotations', () => {
  it.each([
    [undefined],
    [{}],
    [{ 'backstage.io/techdocs-ref': 'dir:.' }],
    [{ [AIRFLOW_DAG_ID_ANNOTATION]: ' , ' }],
  ])('finds nothing of Airflow in %p', annotations => {
    expect(readAirflowAnnotations({ metadata: { annotations } })).toBeNull();
  });

  it('reads every list, without blanks and without saying anything twice', () => {
    expect(
      readAirflowAnnotations({
        metadata: {
          annotations: {
            [AIRFLOW_CLUSTER_ANNOTATION]: 'prod-eu',
            [AIRFLOW_DAG_ID_ANNOTATION]: 'load_orders, refund_*,load_orders,',
            [AIRFLOW_DAG_TAG_ANNOTATION]: 'orders , team:payments',
            [AIRFLOW_DAG_OWNER_ANNOTATION]: 'payments',
          },
        },
      }),
    ).toEqual({
      clusters: ['prod-eu'],
      dagIds: ['load_orders', 'refund_*'],
      tags: ['orders', 'team:payments'],
      owners: ['payments'],
    });
  });
});

describe('selects', () => {
  const dag = {
    cluster: 'prod-eu',
    dagId: 'load_orders',
    tags: ['orders', 'critical'],
    owners: ['payments'],
  };
  const all = { clusters: [], dagIds: [], tags: [], owners: [] };

  it.each([
    ['nothing that narrows', {}, true],
    ['its cluster', { clusters: ['prod-us', 'prod-eu'] }, true],
    ['another cluster', { clusters: ['prod-us'] }, false],
    ['its id', { dagIds: ['x', 'load_orders'] }, true],
    ['a glob of its id', { dagIds: ['load_*'] }, true],
    ['one of its tags', { tags: ['other', 'critical'] }, true],
    ['its owner in Airflow', { owners: ['payments'] }, true],
    ['its id on another cluster', { ...dag, clusters: ['prod-us'] }, false],
    ['its id but another tag', { dagIds: ['load_*'], tags: ['dbt'] }, false],
  ])('knows a DAG by %s', (_what, narrowed, expected) => {
    expect(selects({ ...all, ...narrowed }, dag)).toBe(expected);
  });

  it('means no more DAGs when one more list narrows it', () => {
    const values = fc.array(fc.constantFrom('a', 'b', 'a*', '?'), {
      maxLength: 2,
    });
    const selector = fc.record({
      clusters: values,
      dagIds: values,
      tags: values,
      owners: values,
    });
    const dags = fc.record({
      cluster: fc.constantFrom('a', 'b'),
      dagId: fc.constantFrom('a', 'b', 'ab'),
      tags: values,
      owners: values,
    });
    fc.assert(
      fc.property(selector, dags, (narrow, given) => {
        for (const list of ['clusters', 'dagIds', 'tags', 'owners'] as const) {
          const wider = selects({ ...narrow, [list]: [] }, given);
          expect(!selects(narrow, given) || wider).toBe(true);
        }
      }),
    );
  });

  it('asks the list of DAGs for the same', () => {
    const query = dagEndpoints.listDags.query.parse(
      selectorQuery({ ...all, dagIds: ['load_*'], clusters: ['prod-eu'] }),
    );
    expect(query).toEqual({
      cluster: ['prod-eu'],
      dagPattern: ['load_*'],
      limit: 50,
    });
  });
});
