import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { OwnedCluster, OwnershipKeeper } from './OwnershipKeeper';
import { readClaims } from './readClaims';
import { readMissingOwners } from './readMissingOwners';

/** Asks the catalog every two minutes whose DAGs are whose; while it does not answer, what it said last holds. */
export async function scheduleClaims(options: {
  clusters: readonly OwnedCluster[];
  keeper: OwnershipKeeper;
  catalog: CatalogService;
  auth: AuthService;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { clusters, keeper, catalog, auth, scheduler, logger } = options;
  let isFailing = false;
  const readOrSayWhyNot = async () => {
    try {
      const claims = await readClaims(catalog, auth);
      const named = await keeper.namedOwners(claims, clusters);
      const missing = await readMissingOwners(named, catalog, auth);
      if (isFailing) logger.info('Reading owners from the catalog works again');
      isFailing = false;
      return { claims, missing };
    } catch (error) {
      if (!isFailing) {
        logger.warn(
          `Could not read from the catalog who owns DAGs, so what it said last holds: ${stringifyError(
            error,
          )}`,
        );
      }
      isFailing = true;
      return undefined;
    }
  };
  await scheduler.scheduleTask({
    id: 'airflow-ownership',
    scope: 'global',
    frequency: { minutes: 2 },
    timeout: { minutes: 10 },
    // The catalog of a portal that starts afresh is empty for a moment.
    initialDelay: { seconds: 20 },
    fn: async () => {
      const says = await readOrSayWhyNot();
      if (says) await keeper.takeOver(says, clusters);
    },
  });
}
