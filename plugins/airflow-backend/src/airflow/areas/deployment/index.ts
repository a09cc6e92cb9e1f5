import type {
  Activity,
  AirflowPlugin,
  Instant,
  Pool,
  Provider,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Area } from '../../area';
import type { Page } from '../../call';
import type { AirflowApi } from '../../http';
import { listOf } from '../../mapping/lists';
import { unsupported } from '../../unsupported';
import { activityBody, pluginBody, poolBody, providerBody } from './bodies';

/** Which lines of the event log; all conditions hold together. */
export interface ActivityQuery {
  dagId?: string;
  event?: string;
  who?: string;
  /** Lines that are written meanwhile then shift no page. */
  before?: Instant;
  offset: number;
  limit: number;
}

/** What an Airflow has beside its DAGs. */
export interface Deployment {
  pools(): AsyncGenerator<Page<Pool>>;
  providers(): AsyncGenerator<Page<Provider>>;
  plugins(): AsyncGenerator<Page<AirflowPlugin>>;
  /** Newest first. Before 2.9 it cannot be filtered, and is refused as `unsupported`. */
  activity(query: ActivityQuery): Promise<Activity[]>;
}

const providers = listOf('providers', providerBody);

/** What is the same in both versions. */
function deploymentOf(api: AirflowApi): Omit<Deployment, 'providers'> {
  return {
    pools: () =>
      api.pages(
        { path: '/pools', query: { order_by: 'id' } },
        listOf('pools', poolBody),
      ),
    plugins: () =>
      api.pages({ path: '/plugins' }, listOf('plugins', pluginBody)),
    activity: async ({ limit, offset, before, dagId, event, who }) => {
      if (!api.takes('event log filters')) {
        throw unsupported(
          api,
          'cannot filter its event log',
          'Its activity is shown from Airflow 2.9 on; look into Airflow itself',
        );
      }
      const filters = { dag_id: dagId, event, owner: who, before };
      const { items } = await api.json(
        {
          path: '/eventLogs',
          query: { ...filters, order_by: '-when', limit, offset },
        },
        listOf('event_logs', activityBody),
      );
      return items;
    },
  };
}

export const deployment: Area<Deployment> = {
  v1: api => ({
    ...deploymentOf(api),
    // Not paged there, and a limit is refused.
    async *providers() {
      const { items, odd } = await api.json({ path: '/providers' }, providers);
      yield { items, skipped: odd.length, why: odd.at(0) };
    },
  }),
  v2: api => ({
    ...deploymentOf(api),
    providers: () => api.pages({ path: '/providers' }, providers),
  }),
};
