import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import { problemSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { ClusterFacts, Reading } from '../../model/clusterFacts';
import { ofEachKind } from '../../model/collected';
import {
  parseComponents,
  toClock,
  type ClockColumns,
} from '../clusters/ClusterStore';
import { toImportError, type ImportErrorRow } from '../dags/ImportErrorStore';
import { toInstant, toInstantOrNull, type StoredNumber } from '../kit/moments';

/** When each kind of fact was read, and what stood in the way. */
export async function readReadings(
  db: Knex,
  cluster: string,
  intervalsMs: Record<CollectionKind, number>,
): Promise<Record<CollectionKind, Reading>> {
  const rows: {
    kind: string;
    first_attempt_at: StoredNumber | null;
    last_attempt_at: StoredNumber;
    last_success_at: StoredNumber | null;
    failing_since: StoredNumber | null;
    problem: string | null;
  }[] = await db('airflow_collections').where({ cluster });
  return ofEachKind((kind): Reading => {
    const row = rows.find(own => own.kind === kind);
    return {
      readAt: toInstantOrNull(row?.last_success_at ?? null),
      failingSince: toInstantOrNull(row?.failing_since ?? null),
      problem: row?.problem
        ? problemSchema.parse(JSON.parse(row.problem))
        : null,
      tried: row
        ? {
            firstAt: toInstant(row.first_attempt_at ?? row.last_attempt_at),
            lastAt: toInstant(row.last_attempt_at),
          }
        : null,
      everyMs: intervalsMs[kind],
    };
  });
}

/** The components and the clock of a cluster. */
export async function readClusterState(
  db: Knex,
  cluster: string,
): Promise<Pick<ClusterFacts, 'components' | 'clock' | 'clockSet'>> {
  const row:
    | (ClockColumns & {
        components: string;
        clock_set_at: StoredNumber | null;
        clock_before_ms: StoredNumber | null;
      })
    | undefined = await db('airflow_clusters')
    .where({ name: cluster })
    .first(
      'components',
      'clock_offset_ms',
      'clock_measured_at',
      'clock_set_at',
      'clock_before_ms',
    );
  const setAt = toInstantOrNull(row?.clock_set_at ?? null);
  return row
    ? {
        components: parseComponents(row.components),
        clock: toClock(row),
        clockSet:
          setAt === null
            ? null
            : {
                at: setAt,
                offsetBeforeMs: Number(
                  row.clock_before_ms ?? row.clock_offset_ms,
                ),
              },
      }
    : { components: [], clock: null, clockSet: null };
}

/** The files of a cluster that Airflow cannot import. */
export async function readImportErrors(
  db: Knex,
  cluster: string,
): Promise<ClusterFacts['importErrors']> {
  const rows: ImportErrorRow[] = await db('airflow_import_errors')
    .where({ cluster })
    .orderBy('id');
  return rows.map(row => toImportError(row));
}
