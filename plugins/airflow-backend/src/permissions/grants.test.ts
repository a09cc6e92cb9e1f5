import fc from 'fast-check';
import { someCriteria, someFacts } from '../__testUtils__/criteria';
import type { Criteria } from '../store';
import { grants, narrow } from '.';

const cluster = { name: 'prod-eu', environment: 'production' };

it('asks less of a cluster that is known, and means the same', () => {
  fc.assert(
    fc.property(someCriteria, someFacts, (criteria, facts) => {
      const { cluster: name, environment } = facts;
      const left = narrow(criteria, { name, environment });
      expect(grants(left, facts)).toBe(grants(criteria, facts));
      expect(JSON.stringify(left)).not.toMatch(/"(cluster|environment)"/);
    }),
  );
});

const known: [string, Criteria, boolean][] = [
  ['a cluster by its name', { field: 'cluster', values: ['prod-eu'] }, true],
  ['a cluster by a glob', { field: 'cluster', values: ['prod-*'] }, true],
  ['another cluster', { field: 'cluster', values: ['prod'] }, false],
  ['no cluster at all', { field: 'cluster', values: [] }, false],
  [
    'its environment',
    { field: 'environment', values: ['staging', 'production'] },
    true,
  ],
  [
    'an owner in another cluster',
    {
      allOf: [
        { field: 'owner', values: ['user:default/ada'] },
        { field: 'cluster', values: ['staging'] },
      ],
    },
    false,
  ],
];

it.each(known)('knows of %s at once', (_, criteria, expected) => {
  expect(narrow(criteria, cluster)).toBe(expected);
});

it('grants nothing that there is not, unless everything is granted', () => {
  const criteria = { not: { field: 'tag' as const, values: ['secret'] } };
  expect(grants(criteria, undefined)).toBe(false);
  expect(grants(true, undefined)).toBe(true);
});
