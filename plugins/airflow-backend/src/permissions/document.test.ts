import { airflowPermissions } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowEndpoints,
  type Endpoint,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import {
  airflowAlertRules,
  airflowClusterRules,
  airflowDagRules,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { declaredTable } from '../api/declared';

const document = readFileSync(
  resolve(__dirname, '../../../../docs/permissions.md'),
  'utf8',
);

/** The cells of each row of the table under a heading. */
function tableUnder(heading: string): string[][] {
  const [, after] = document.split(`${heading}\n`);
  const [section] = after.split(/\n##/);
  const lines = section.split('\n').filter(line => line.startsWith('|'));
  return lines.slice(2).map(cellsOf);
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());
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

it('says of every endpoint what it declares; `npm run openapi` writes it anew', () => {
  const rows = declaredTable().split('\n').slice(2);
  expect(tableUnder('### By endpoint')).toEqual(rows.map(cellsOf));
});

it('has every event of the audit log, with its severity', () => {
  const said = tableUnder('## Audit events').flatMap(([events, severity]) =>
    namesIn(events).map(event => `${event} ${severity}`),
  );
  const declared = Object.values<Endpoint>(airflowEndpoints).flatMap(
    ({ writes }) =>
      writes?.events.map(event => `${event} ${writes.severity}`) ?? [],
  );
  expect(said.sort()).toEqual(declared.sort());
});
