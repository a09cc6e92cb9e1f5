import {
  airflowEndpoints,
  airflowPermissions,
  type Endpoint,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowAlertRules,
  airflowClusterRules,
  airflowDagRules,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const document = readFileSync(
  resolve(__dirname, '../../../../docs/permissions.md'),
  'utf8',
);

/** The cells of each row of the table under a heading. */
function tableUnder(heading: string): string[][] {
  const [, after] = document.split(`${heading}\n`);
  const [section] = after.split(/\n##/);
  const lines = section.split('\n').filter(line => line.startsWith('|'));
  return lines.slice(2).map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );
}

const namesIn = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

it('has every permission, with its action and its type of resource', () => {
  const said = tableUnder('## Permissions').map(([name, , action, type]) =>
    [namesIn(name)[0], action, namesIn(type)[0] ?? 'none'].join(' '),
  );
  const declared = airflowPermissions.map(permission =>
    [
      permission.name,
      permission.attributes.action,
      'resourceType' in permission ? permission.resourceType : 'none',
    ].join(' '),
  );
  expect(said.sort()).toEqual(declared.sort());
});

it('has every condition, with what it can be asked of', () => {
  const said = tableUnder('### Conditions').map(([condition, , ...marks]) => [
    /`(\w+)\(/.exec(condition)?.[1],
    ...marks.map(mark => mark === '✓'),
  ]);
  const rulesOf = [airflowClusterRules, airflowDagRules, airflowAlertRules];
  const names = new Set(rulesOf.flatMap(rules => Object.keys(rules)));
  const declared = [...names].map(name => [
    name,
    ...rulesOf.map(rules => name in rules),
  ]);
  expect(said.sort()).toEqual(declared.sort());
});

/** Whether a cell names an endpoint: whole, by its end (`…/log`), or by what is added to the first one (`/details`). */
function isNamedIn(cell: string, { method, path }: Endpoint): boolean {
  let verb = '';
  let first = '';
  return namesIn(cell).some(name => {
    const [, given, place] = /^(?:([A-Z]+) )?(.*)$/.exec(name) ?? [];
    verb = given ?? verb;
    const isAdded = !given && place.startsWith('/');
    if (!first) first = place;
    const whole = isAdded ? `${first}${place}` : place;
    if (verb !== method) return false;
    return whole.startsWith('…')
      ? path.endsWith(whole.slice(1))
      : path === whole;
  });
}

describe('says what is needed for', () => {
  const rows = tableUnder('### By endpoint');

  it.each(
    Object.values<Endpoint>(airflowEndpoints).map(
      endpoint => [`${endpoint.method} ${endpoint.path}`, endpoint] as const,
    ),
  )('%s', (_name, endpoint) => {
    const said = rows.filter(([cell]) => isNamedIn(cell, endpoint));
    expect(said.map(([, needs]) => namesIn(needs).sort())).toEqual([
      endpoint.permissions.map(({ name }) => name).sort(),
    ]);
  });
});
