import type {
  Asset,
  AssetEvent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Area } from '../../area';
import type { AirflowApi } from '../../http';
import { listOf } from '../../mapping/lists';
import { unsupported } from '../../unsupported';
import { assetBody, assetEventBody } from './bodies';

/** Assets of Airflow 3, which are datasets in Airflow 2. */
export interface Assets {
  /** Those that the DAG writes or waits for. */
  ofDag(dagId: string): Promise<Asset[]>;
  /** Writings of one asset, newest first. */
  events(assetId: number, limit: number): Promise<AssetEvent[]>;
}

const datasets = {
  path: '/datasets',
  list: 'datasets',
  events: 'dataset_events',
  id: 'dataset_id',
} as const;

const assetsProper = {
  path: '/assets',
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
    ofDag: async dagId => {
      const query = { order_by: 'id', ...(canAskByDag && { dag_ids: dagId }) };
      const found = await api.rows(
        { path: names.path, query },
        listOf(names.list, assetBody),
      );
      return found.filter(asset => isOf(dagId, asset));
    },
    events: async (assetId, limit) => {
      const query = { [names.id]: assetId, order_by: '-timestamp', limit };
      const { items } = await api.json(
        { path: `${names.path}/events`, query },
        listOf(names.events, assetEventBody),
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
  v1: api => {
    const known = assetsAt(api, datasets, api.takes('datasets of a DAG'));
    if (api.takes('datasets')) return known;
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
