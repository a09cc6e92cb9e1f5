import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Masked } from '../../../masked';
import type { Area } from '../../area';
import type { Page } from '../../call';
import type { AirflowApi } from '../../http';
import { listOf } from '../../mapping/lists';
import { importErrorBody } from './bodies';

export type AirflowImportError = Omit<ImportError, 'cluster'> & {
  stackTrace: Masked;
};

/** What Airflow found wrong in files of DAGs. */
export interface ImportErrors {
  list(): AsyncGenerator<Page<AirflowImportError>>;
}

function importErrorsBy(order: string, api: AirflowApi): ImportErrors {
  return {
    list: () =>
      api.pages(
        { path: '/importErrors', query: { order_by: order } },
        listOf('import_errors', importErrorBody),
      ),
  };
}

export const importErrors: Area<ImportErrors> = {
  v1: api => importErrorsBy('import_error_id', api),
  v2: api => importErrorsBy('id', api),
};
