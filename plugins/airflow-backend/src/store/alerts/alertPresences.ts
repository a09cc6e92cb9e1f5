import { dagPresences } from '@airflow-fleet/backstage-plugin-airflow-common';
import { scheduleKindSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { AbsentDag, Presences } from '../../model/clusterFacts';
import {
  parseNames,
  toOwnership,
  toPresence,
  type OwnershipRow,
} from '../dags/dagRows';
import {
  toInstantOrNull,
  type StoredBoolean,
  type StoredNumber,
} from '../kit/moments';
import { dagsOfOpenAlerts } from './openAlerts';

/** What is gone for longer is looked at only where an alert is open. */
const GONE_MS = 24 * 60 * 60_000;

interface AbsentRow extends OwnershipRow {
  dag_id: string;
  display_name: string;
  presence: string;
  presence_since: StoredNumber | null;
  presence_reason: string | null;
  file_location: string | null;
  paused: StoredBoolean;
  schedule_kind: string;
  tags: string;
}

/** The DAGs of a cluster that are not listed, by id. */
export async function readAbsentDags(
  db: Knex,
  cluster: string,
  now: Date,
): Promise<Map<string, AbsentDag>> {
  const rows: AbsentRow[] = await db('airflow_dags')
    .where({ cluster })
    .whereIn(
      'presence',
      dagPresences.filter(state => state !== 'listed'),
    )
    .where(met =>
      met
        .whereNull('gone_at')
        .orWhere('gone_at', '>=', now.getTime() - GONE_MS)
        .orWhereIn('dag_id', alerts => dagsOfOpenAlerts(alerts, cluster)),
    )
    .orderBy('dag_id');
  return new Map(
    rows.map((row): [string, AbsentDag] => [row.dag_id, toAbsentDag(row)]),
  );
}

/** How many DAGs of a cluster are there, and in doubt. */
export async function readPresences(
  db: Knex,
  cluster: string,
): Promise<Presences> {
  const ofDoubted = (column: string) =>
    db.raw(`case when presence = 'doubted' then ${column} end`);
  const [counted]: {
    there?: number | string;
    doubted?: number | string;
    since?: StoredNumber | null;
  }[] = await db('airflow_dags')
    .where({ cluster })
    .whereNull('gone_at')
    .count({ there: '*', doubted: ofDoubted('dag_id') })
    .min({ since: ofDoubted('presence_since') });
  return {
    there: Number(counted.there),
    doubted: Number(counted.doubted),
    doubtedSince: toInstantOrNull(counted.since ?? null),
  };
}

function toAbsentDag(row: AbsentRow): AbsentDag {
  const isTimed = !['none', 'asset'].includes(
    scheduleKindSchema.parse(row.schedule_kind),
  );
  return {
    dagId: row.dag_id,
    displayName: row.display_name,
    presence: toPresence(row),
    fileLocation: row.file_location,
    isScheduled: isTimed && !row.paused,
    tags: parseNames(row.tags),
    owner: toOwnership(row),
  };
}
