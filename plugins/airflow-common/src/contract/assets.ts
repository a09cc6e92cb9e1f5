import { airflowDagReadPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagParams } from './dags';
import { endpoint, takesNothing } from './endpoint';
import { assetEventSchema, assetSchema } from './schemas';

/**
 * Endpoints about what a DAG writes and waits for, fetched from Airflow: assets of 3.x, datasets of 2.x.
 *
 * @public
 */
export const assetEndpoints = {
  listDagAssets: endpoint({
    ...takesNothing,
    operationId: 'listDagAssets',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/assets',
    summary: 'Assets that a DAG writes or waits for',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams,
    response: z.object({ items: z.array(assetSchema) }),
  }),
  listAssetEvents: endpoint({
    ...takesNothing,
    operationId: 'listAssetEvents',
    live: true,
    method: 'GET',
    path: '/clusters/:cluster/dags/:dagId/assets/:assetId/events',
    summary:
      'The last writings of an asset that a DAG writes or waits for, newest first',
    needs: { of: 'dag', permission: airflowDagReadPermission },
    params: dagParams.extend({
      assetId: z.coerce.number<number | string>().int(),
    }),
    response: z.object({ items: z.array(assetEventSchema) }),
  }),
};
