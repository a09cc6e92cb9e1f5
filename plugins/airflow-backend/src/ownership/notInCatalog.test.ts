import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { demoFleet, startSandbox } from 'airflow-sandbox';
import { testDatabases } from '../__testUtils__/databases';
import { startPortal, type Portal } from '../__testUtils__/portal';

const databases = testDatabases();
const { getAlert, getDag, listAlerts } = airflowEndpoints;

const PLATFORM = 'group:default/platform';
const PAYMENTS = 'group:default/payments';
const tag = { ref: PAYMENTS, source: 'tag', by: 'team:payments' };
const failing = 'load_orders';

function aGroup(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: [{ type: 'hasMember', targetRef: 'user:default/ada' }],
  };
}

/** Who is told, and a way to wait for it. */
class Bell {
  readonly told: string[] = [];
  private listen: (() => void) | undefined;

  note(recipient: string): void {
    this.told.push(recipient);
    this.listen?.();
  }

  async rings(recipient: string): Promise<void> {
    while (!this.told.includes(recipient)) {
      await new Promise<void>(resolve => {
        this.listen = resolve;
      });
    }
  }
}

describe.each(databases.eachSupportedId())(
  'a DAG whose team tag names no group of the catalog, on %s',
  id => {
    let portal: Portal;
    let bell: Bell;
    let entities: Entity[];
    let isCatalogAway: boolean;

    beforeEach(async () => {
      entities = [aGroup('platform')];
      isCatalogAway = false;
      bell = new Bell();
      const whenThere = () => {
        if (isCatalogAway) throw new Error('The catalog is away');
        return catalogServiceMock({ entities });
      };
      const catalog = catalogServiceMock.mock({
        streamEntities: (...asked) => whenThere().streamEntities(...asked),
        queryEntities: async (...asked) => whenThere().queryEntities(...asked),
        getEntitiesByRefs: async (...asked) =>
          whenThere().getEntitiesByRefs(...asked),
        getEntityByRef: async (...asked) =>
          whenThere().getEntityByRef(...asked),
      });
      const sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
      portal = await startPortal({
        db: await databases.init(id),
        over: {
          sandbox,
          airflow: {
            clusters: [
              {
                name: 'prod-eu',
                baseUrl: `${sandbox.url}/prod-eu`,
                auth: { type: 'basic', username: 'admin', password: 'admin' },
                owner: PLATFORM,
              },
            ],
            history: { days: 1 },
            alerts: {
              rules: [{ name: 'failed', type: 'run-failed' }],
              together: { wait: { seconds: 0 }, interval: { seconds: 0 } },
            },
          },
        },
        features: [
          catalog.factory,
          mockServices.userInfo.mock({
            getUserInfo: async () => ({
              userEntityRef: 'user:default/ada',
              ownershipEntityRefs: [PLATFORM],
            }),
          }).factory,
          createServiceFactory({
            service: notificationService,
            deps: {},
            factory: () => ({
              send: async ({ recipients }) => {
                if (recipients.type === 'entity') {
                  bell.note([recipients.entityRef].flat()[0]);
                }
              },
            }),
          }),
        ],
      });
    });
    afterEach(() => portal.stop());

    const read = () => portal.refresh('prod-eu').expect(200);
    const askCatalog = () => portal.run('airflow-ownership');
    const ownerOf = async () => {
      const { body } = await portal
        .get(`/clusters/prod-eu/dags/${failing}`)
        .expect(200);
      return getDag.response.parse(body).owner;
    };
    /** The failure of the DAG, as those see it whose teams own it. */
    const mine = async () => {
      const { body } = await portal
        .get(`/alerts?scope=teams&dagId=${failing}`)
        .set('authorization', mockCredentials.user.header())
        .expect(200);
      const [alert] = listAlerts.response.parse(body).items;
      if (!alert) return undefined;
      const details = await portal.get(`/alerts/${alert.id}`).expect(200);
      return getAlert.response.parse(details.body);
    };
    const fallenBack = {
      ref: PLATFORM,
      source: 'cluster',
      by: 'prod-eu',
      notInCatalog: [tag],
    };

    it('belongs to the owner of its cluster, who sees its alerts and is told', async () => {
      await portal.refresh('prod-eu', ['inventory']).expect(200);
      await askCatalog();
      expect(await ownerOf()).toEqual(fallenBack);
      await read();
      await bell.rings(PLATFORM);
      const seen = await mine();
      expect(seen?.alert.owner).toEqual(fallenBack);
      expect(seen?.deliveries.map(({ recipient }) => recipient)).toEqual([
        PLATFORM,
      ]);
    });

    it('passes an alert on of which nobody could be told, once the catalog says so', async () => {
      isCatalogAway = true;
      await read();
      await askCatalog();
      // Who does not know goes by the tag.
      expect(await ownerOf()).toEqual(tag);
      expect(await mine()).toBeUndefined();

      isCatalogAway = false;
      await askCatalog();
      await portal.run('airflow-alerts');
      await bell.rings(PLATFORM);
      expect(bell.told).not.toContain(PAYMENTS);
      const seen = await mine();
      expect(seen?.alert.owner).toEqual(fallenBack);
      expect(seen?.timeline).toContainEqual(
        expect.objectContaining({
          kind: 'passed-on',
          text: `Belongs to ${PLATFORM} now, and no longer to ${PAYMENTS}`,
        }),
      );
    });

    it('stays as it was while the catalog is away or empty', async () => {
      await read();
      await askCatalog();
      isCatalogAway = true;
      await askCatalog();
      expect(await ownerOf()).toEqual(fallenBack);
      isCatalogAway = false;
      entities = [];
      await askCatalog();
      await read();
      expect(await ownerOf()).toEqual(fallenBack);
    });

    it('belongs to its team again, who is told of what is still open, once the catalog has it', async () => {
      await read();
      await askCatalog();
      await portal.run('airflow-alerts');
      await bell.rings(PLATFORM);
      entities = [aGroup('platform'), aGroup('payments')];
      await askCatalog();
      expect(await ownerOf()).toEqual(tag);
      await portal.run('airflow-alerts');
      await bell.rings(PAYMENTS);
      expect(await mine()).toBeUndefined();
    });
  },
);
