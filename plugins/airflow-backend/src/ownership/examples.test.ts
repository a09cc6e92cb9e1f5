import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  readAirflowAnnotations,
  selects,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { parseEntityYaml } from '@backstage/plugin-catalog-node';
import { demoFleet } from 'airflow-sandbox';
import { claimOf } from './readClaims';
import { ClaimIndex } from './ClaimIndex';
import { resolveOwner } from './resolveOwner';

const examples = path.resolve(__dirname, '../../../../examples');

function entitiesOf(file: string) {
  const target = path.join(examples, file);
  const location = { type: 'file', target };
  return [...parseEntityYaml(readFileSync(target), location)].flatMap(read =>
    read.type === 'entity' ? read.entity : [],
  );
}

const dags = demoFleet(Date.parse('2026-11-24T03:00:00.000Z')).clusters.flatMap(
  ({ name, dags: own }) => own.map(dag => ({ cluster: name, ...dag })),
);

describe('the example catalog', () => {
  const entities = entitiesOf('entities.yaml');
  const components = entities.filter(({ kind }) => kind === 'Component');

  it.each(components.map(entity => [entity.metadata.name, entity] as const))(
    'lets %s claim DAGs of the demo fleet',
    (_name, entity) => {
      const selector = readAirflowAnnotations(entity);
      expect(
        dags.filter(dag => selector && selects(selector, dag)).length,
      ).toBeGreaterThan(0);
    },
  );

  it('gives every DAG of the demo fleet to a group that there is', () => {
    const groups = entitiesOf('org.yaml')
      .filter(({ kind }) => kind === 'Group')
      .map(({ metadata }) => `group:default/${metadata.name}`);
    const claims = new ClaimIndex(entities.flatMap(claimOf));
    const owners = dags.map(dag =>
      resolveOwner(dag, {
        setting: null,
        claims,
        airflowOwners: new Map(),
        clusterOwner: null,
        missing: new Set(),
      }),
    );
    expect(groups).toEqual(
      expect.arrayContaining([...new Set(owners.map(owner => owner?.ref))]),
    );
  });
});
