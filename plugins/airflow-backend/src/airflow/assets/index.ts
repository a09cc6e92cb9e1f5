import type {
  Asset,
  AssetEvent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions } from '../call';
import type { Area } from '../area';
import { takes } from '../capabilities';
import { readPages, type AirflowApi } from '../http';
import { listOf } from '../mapping/lists';
import { unsupported } from '../unsupported';
import { assetBody, assetEventBody } from './bodies';

/** Assets of Airflow 3, which are datasets in Airflow 2. */
export interface Assets {
  /** Those that the DAG writes or waits for. */
  ofDag(dagId: string, call?: CallOptions): Promise<Asset[]>;
  /** Writings of one asset, newest first. */
  events(
    assetId: number,
    limit: number,
    call?: CallOptions,
  ): Promise<AssetEvent[]>;
}

const datasets = {
  path: '/api/v1/datasets',
  list: 'datasets',
  events: 'dataset_events',
  id: 'dataset_id',
} as const;

const assetsProper = {
  path: '/api/v2/assets',
  list: 'assets',
  events: 'asset_events',
  id: 'asset_id',
} as const;

function assetsAt(
  api: AirflowApi,
  names: typeof datasets | typeof assetsProper,
  canAskByDag: boolean,
): Assets {
  return {
    ofDag: async (dagId, call) => {
      const query = {
        order_by: 'id',
        ...(canAskByDag && { dag_ids: dagId }),
      };
      const pages = readPages(({ limit, offset }) =>
        api.json(
          { path: names.path, query: { ...query, limit, offset } },
          listOf(names.list, assetBody),
          call,
        ),
      );
      const found: Asset[] = [];
      for await (const { items } of pages) {
        found.push(...items.filter(asset => isOf(dagId, asset)));
      }
      return found;
    },
    events: async (assetId, limit, call) => {
      const query = { [names.id]: assetId, order_by: '-timestamp', limit };
      const { items } = await api.json(
        { path: `${names.path}/events`, query },
        listOf(names.events, assetEventBody),
        call,
      );
      return items;
    },
  };
}

function isOf(dagId: string, { consumers, producers }: Asset): boolean {
  return (
    consumers.includes(dagId) || producers.some(task => task.dagId === dagId)
  );
}

export const assets: Area<Assets> = {
  v1: (api, server) => {
    const known = assetsAt(api, datasets, takes(server, 'datasets of a DAG'));
    if (takes(server, 'datasets')) return known;
    const refuse = async () => {
      throw unsupported(
        api,
        'knows no datasets',
        'There are datasets from Airflow 2.4 on, and assets from 3.0 on',
      );
    };
    return { ofDag: refuse, events: refuse };
  },
  v2: api => assetsAt(api, assetsProper, true),
};
