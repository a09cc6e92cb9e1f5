import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { builtInAuthStrategies } from '../airflow';
import { createAlerting, type Alerting } from '../alerts';
import { createDelivery } from '../alerts/delivery';
import { ClusterRegistry } from '../clusters';
import type { Rule } from '../rules';
import type { Stores } from '../store';
import { portalLinks } from './toldAlerts';

const rules: Rule[] = [
  {
    name: 'import-error',
    type: 'import-error',
    severity: 'warning',
    forMs: 0,
    scope: {},
  },
];

/** One cluster, `prod`, at whose address nothing listens. */
export const registry = ClusterRegistry.create({
  clusters: [
    {
      name: 'prod',
      title: 'Production',
      baseUrl: 'http://127.0.0.1:1',
      webUrl: 'http://127.0.0.1:1',
      environment: 'production',
      owner: 'group:default/platform',
      tags: [],
      readOnly: false,
      defaultTimezone: null,
      auth: new ConfigReader({ type: 'none' }),
      tls: undefined,
      proxy: undefined,
      limits: {
        maxInFlight: 10,
        requestsPerMinute: 1_000,
        timeoutMs: 1_000,
        maxResponseBytes: 1_000,
      },
    },
  ],
  authStrategies: builtInAuthStrategies,
});

/** Alerting as a replica of the portal has it, over a database that others use too. */
export function aReplica(stores: Stores): Alerting {
  const logger = mockServices.logger.mock();
  const delivery = createDelivery({
    config: {
      rules,
      routes: [{ match: {}, channels: ['notifications'], to: ['owner'] }],
      webhooks: [],
      together: { waitMs: 0, intervalMs: 0 },
    },
    stores,
    registry,
    notifications: { send: async () => {} },
    findEntity: async () => undefined,
    ofModules: [],
    logger,
    links: portalLinks,
    mailRemark: () => null,
  });
  // What is to be sent stays in the outbox, where it is counted.
  jest.spyOn(delivery.sender, 'wake').mockImplementation();
  const signals = { publish: async () => {} };
  const intervalsMs = { health: 30_000, inventory: 120_000, runs: 30_000 };
  return createAlerting({
    rules,
    intervalsMs,
    registry,
    stores,
    delivery,
    signals,
    logger,
  });
}
