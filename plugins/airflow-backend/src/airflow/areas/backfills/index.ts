import type { Area } from '../../area';
import type { AirflowApi } from '../../http';
import { unsupported } from '../../unsupported';
import type { Backfills } from './types';
import { BackfillsV2 } from './v2';

export type { Backfills } from './types';

function without(api: AirflowApi): Backfills {
  const refuse = async () => {
    throw unsupported(
      api,
      'is of version 2, whose API knows no backfills',
      'Start one by the command line of Airflow, or trigger runs with logical dates',
    );
  };
  return { list: refuse, preview: refuse, create: refuse, change: refuse };
}

export const backfills: Area<Backfills> = {
  v1: without,
  v2: api => new BackfillsV2(api),
};
