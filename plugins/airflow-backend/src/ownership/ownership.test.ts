import {
  AIRFLOW_DAG_ID_ANNOTATION,
  AIRFLOW_DAG_TAG_ANNOTATION,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { testDatabases } from '../__testUtils__/databases';
import { startPortal, type Portal } from '../__testUtils__/portal';

const databases = testDatabases();
const { getDag, getOverview, listDagFacets, listDags, listRuns } =
  airflowEndpoints;

function aComponent(
  name: string,
  owner: string,
  annotations: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
  };
}

const orderService = aComponent('order-service', 'crm', {
  [AIRFLOW_DAG_ID_ANNOTATION]: 'load_orders, refund_*',
});
const unrelated = aComponent('website', 'payments', {});

const teams: Record<string, string[]> = {
  'user:default/grace': ['group:default/payments'],
  'user:default/radia': ['group:default/crm', 'group:default/marketing'],
};

describe.each(databases.eachSupportedId())('who owns a DAG, on %s', id => {
  let portal: Portal;
  let entities: Entity[];
  let isCatalogBroken: boolean;
  const auth = mockServices.auth();

  beforeAll(async () => {
    entities = [];
    isCatalogBroken = false;
    const catalog = catalogServiceMock.mock({
      streamEntities: (...asked) => {
        if (isCatalogBroken) throw new Error('The catalog is away');
        return catalogServiceMock({ entities }).streamEntities(...asked);
      },
      queryEntities: (...asked) =>
        catalogServiceMock({ entities }).queryEntities(...asked),
    });
    portal = await startPortal({
      db: await databases.init(id),
      config: {
        ownership: { airflowOwners: { billing: 'group:default/finance' } },
      },
      features: [
        catalog.factory,
        mockServices.userInfo.mock({
          getUserInfo: async credentials => {
            const userEntityRef = auth.isPrincipal(credentials, 'user')
              ? credentials.principal.userEntityRef
              : '';
            return {
              userEntityRef,
              ownershipEntityRefs: teams[userEntityRef] ?? [],
            };
          },
        }).factory,
      ],
    });
    await portal.refresh('prod-eu').expect(200);
    await portal.refresh('prod-us').expect(200);
  });
  afterAll(() => portal.stop());

  const as = (person: string) =>
    mockCredentials.user.header(`user:default/${person}`);
  const dagPath = (dagId: string) => `/clusters/prod-eu/dags/${dagId}`;
  const ownerOf = async (dagId: string) => {
    const { body } = await portal.get(dagPath(dagId)).expect(200);
    return getDag.response.parse(body).owner;
  };
  const dagsOf = async (query: string, person = 'grace') => {
    const { body } = await portal
      .get(`/dags?limit=250&${query}`)
      .set('authorization', as(person))
      .expect(200);
    return listDags.response.parse(body);
  };

  it('is told by the team tag as soon as the DAGs are read', async () => {
    expect(await ownerOf('load_orders')).toEqual({
      ref: 'group:default/payments',
      source: 'tag',
      by: 'team:payments',
    });
  });

  it('is told by the entity that claims it, once the catalog is read', async () => {
    entities = [orderService, unrelated];
    await portal.run('airflow-ownership');
    expect(await ownerOf('refund_sync')).toEqual({
      ref: 'group:default/crm',
      source: 'entity',
      by: 'component:default/order-service',
    });
    await portal.refresh('prod-eu').expect(200);
    expect(await ownerOf('load_orders')).toMatchObject({ source: 'entity' });
    expect(await ownerOf('settle_payments')).toMatchObject({ source: 'tag' });
  });

  it('stays as it was while the catalog cannot be read, which is logged once', async () => {
    isCatalogBroken = true;
    const loggedBefore = portal.logged().length;
    await portal.run('airflow-ownership');
    await portal.run('airflow-ownership');
    await portal.refresh('prod-eu').expect(200);
    expect(await ownerOf('refund_sync')).toMatchObject({ source: 'entity' });
    const told = portal
      .logged()
      .slice(loggedBefore)
      .filter(line => line.includes('The catalog is away'));
    expect(told).toHaveLength(1);
    isCatalogBroken = false;
  });

  it('narrows lists, counts, facets, runs and the overview to mine and my teams', async () => {
    const all = await dagsOf('');
    const grace = await dagsOf('scope=teams');
    expect(new Set(grace.items.map(({ owner }) => owner?.ref))).toEqual(
      new Set(['group:default/payments']),
    );
    expect(grace.total).toBe(grace.items.length);
    expect(grace.total).toBeLessThan(all.total);
    expect((await dagsOf('scope=mine')).total).toBe(0);

    const facets = await portal
      .get('/dag-facets?scope=teams')
      .set('authorization', as('grace'))
      .expect(200);
    expect(listDagFacets.response.parse(facets.body).ownerRef).toEqual([
      { value: 'group:default/payments', count: grace.total },
    ]);

    const ids = new Set(grace.items.map(({ dagId }) => dagId));
    const runs = await portal
      .get('/runs?scope=teams&limit=250')
      .set('authorization', as('grace'))
      .expect(200);
    const { items } = listRuns.response.parse(runs.body);
    expect(items.length).toBeGreaterThan(0);
    expect(items.filter(({ dagId }) => !ids.has(dagId))).toEqual([]);

    const overview = await portal
      .get('/overview?scope=teams&hours=336')
      .set('authorization', as('radia'))
      .expect(200);
    const { failingDags } = getOverview.response.parse(overview.body);
    expect(failingDags.map(({ dagId }) => dagId)).toContain('load_orders');
    expect(
      failingDags.filter(
        ({ owner }) => !teams['user:default/radia'].includes(owner?.ref ?? ''),
      ),
    ).toEqual([]);
  });

  it('is everybody to a service, which has no teams', async () => {
    const { body } = await portal
      .get('/dags?scope=teams&limit=1')
      .set('authorization', mockCredentials.service.header())
      .expect(200);
    expect(body.total).toBe((await dagsOf('')).total);
  });

  it('is set by hand with a reason, found under its new owner, and given back', async () => {
    const path = `${dagPath('load_orders')}/owner`;
    const { body } = await portal
      .patch(path, { owner: 'User:default/Grace', reason: 'she knows it' })
      .set('authorization', as('radia'))
      .expect(200);
    expect(body.owner).toEqual({
      ref: 'user:default/grace',
      source: 'portal',
      by: 'user:default/radia',
    });
    const mine = await dagsOf('scope=mine');
    expect(mine.items.map(({ dagId }) => dagId)).toEqual(['load_orders']);
    await portal.refresh('prod-eu').expect(200);
    expect(await ownerOf('load_orders')).toMatchObject({ source: 'portal' });

    const given = await portal.patch(path, { owner: null }).expect(200);
    expect(given.body.owner).toMatchObject({ source: 'entity' });
    expect(portal.audited()).toEqual(
      expect.arrayContaining([
        {
          eventId: 'dag-set-owner',
          status: 'succeeded',
          meta: {
            cluster: 'prod-eu',
            dagId: 'load_orders',
            owner: 'user:default/grace',
            reason: 'she knows it',
          },
        },
        {
          eventId: 'dag-set-owner',
          status: 'succeeded',
          meta: { cluster: 'prod-eu', dagId: 'load_orders', owner: null },
        },
      ]),
    );
  });

  it('shows an entity its DAGs by what its annotations say', async () => {
    const mine = await dagsOf('dagPattern=load_orders&dagPattern=refund_*');
    expect(mine.items.map(({ dagId }) => dagId).sort()).toEqual([
      'load_orders',
      'refund_sync',
    ]);
  });

  it('goes back to the tag when the catalog no longer claims it', async () => {
    entities = [
      aComponent('marts', 'bi', { [AIRFLOW_DAG_TAG_ANNOTATION]: 'orders' }),
    ];
    await portal.run('airflow-ownership');
    expect(await ownerOf('load_orders')).toMatchObject({
      ref: 'group:default/bi',
    });
    entities = [];
    await portal.run('airflow-ownership');
    expect(await ownerOf('load_orders')).toMatchObject({ source: 'tag' });
  });

  it.each([
    ['a component', { owner: 'component:default/x' }],
    ['a short name', { owner: 'payments' }],
    ['nothing said', {}],
  ])('refuses %s as owner', async (_what, body) => {
    const answer = await portal
      .patch(`${dagPath('load_orders')}/owner`, body)
      .expect(400);
    expect(answer.body).toMatchObject({
      code: 'invalid-request',
      field: 'owner',
    });
  });

  it('knows no owner of a DAG that is not there', async () => {
    const { body } = await portal
      .patch(`${dagPath('no.such')}/owner`, { owner: 'group:default/bi' })
      .expect(404);
    expect(body).toMatchObject({ code: 'not-found', field: 'dagId' });
  });
});
