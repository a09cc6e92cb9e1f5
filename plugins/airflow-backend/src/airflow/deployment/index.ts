import type {
  Activity,
  AirflowPlugin,
  Instant,
  Pool,
  Provider,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions, Page } from '../call';
import type { Area } from '../area';
import { takes, type Server } from '../capabilities';
import { readPages, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';
import { unsupported } from '../unsupported';
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
  pools(call?: CallOptions): AsyncGenerator<Page<Pool>>;
  providers(call?: CallOptions): AsyncGenerator<Page<Provider>>;
  plugins(call?: CallOptions): AsyncGenerator<Page<AirflowPlugin>>;
  /** Newest first. Before 2.9 it cannot be filtered, and is refused as `unsupported`. */
  activity(query: ActivityQuery, call?: CallOptions): Promise<Activity[]>;
}

const providers = listOf('providers', providerBody);

function deploymentAt(
  root: '/api/v1' | '/api/v2',
  api: AirflowApi,
  server: Server,
): Omit<Deployment, 'providers'> {
  return {
    pools: call =>
      readPages(slice =>
        api.json(
          {
            path: `${root}/pools`,
            query: { order_by: 'id', ...sliced(slice) },
          },
          listOf('pools', poolBody),
          call,
        ),
      ),
    plugins: call =>
      readPages(slice =>
        api.json(
          { path: `${root}/plugins`, query: sliced(slice) },
          listOf('plugins', pluginBody),
          call,
        ),
      ),
    activity: async ({ limit, offset, before, dagId, event, who }, call) => {
      const filters = {
        dag_id: dagId,
        event,
        owner: who,
        before,
      };
      if (!takes(server, 'event log filters')) {
        throw unsupported(
          api,
          'cannot filter its event log',
          'Its activity is shown from Airflow 2.9 on; look into Airflow itself',
        );
      }
      const { items } = await api.json(
        {
          path: `${root}/eventLogs`,
          query: { ...filters, order_by: '-when', limit, offset },
        },
        listOf('event_logs', activityBody),
        call,
      );
      return items;
    },
  };
}

function sliced({ limit, offset }: { limit: number; offset: number }) {
  return { limit, offset };
}

export const deployment: Area<Deployment> = {
  v1: (api, server) => ({
    ...deploymentAt('/api/v1', api, server),
    // Not paged there, and a limit is refused.
    async *providers(call) {
      const path = '/api/v1/providers';
      const { items, odd } = await api.json({ path }, providers, call);
      yield { items, skipped: odd.length, why: odd.at(0) };
    },
  }),
  v2: (api, server) => ({
    ...deploymentAt('/api/v2', api, server),
    providers: call =>
      readPages(slice =>
        api.json(
          { path: '/api/v2/providers', query: sliced(slice) },
          providers,
          call,
        ),
      ),
  }),
};
