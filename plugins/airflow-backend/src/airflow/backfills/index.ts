import type {
  Backfill,
  BackfillChange,
  BackfillRequest,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions } from '../call';
import type { Area } from '../area';
import type { AirflowApi } from '../http';
import { unsupported } from '../unsupported';
import { BackfillsV2 } from './v2';

/** Runs for dates that lie behind, made by Airflow 3 itself. */
export interface Backfills {
  /** Newest first. */
  list(dagId: string, call?: CallOptions): Promise<Backfill[]>;
  /** The dates that would get a run. */
  preview(
    dagId: string,
    request: BackfillRequest,
    call?: CallOptions,
  ): Promise<Instant[]>;
  create(
    dagId: string,
    request: BackfillRequest,
    call?: CallOptions,
  ): Promise<Backfill>;
  /** Changes a backfill of this DAG; one of another counts as none. */
  change(
    dagId: string,
    id: number,
    change: BackfillChange,
    call?: CallOptions,
  ): Promise<Backfill>;
}

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
  v2: (api, server) => new BackfillsV2(api, server),
};
