import {
  capabilities,
  type Cluster,
  type ClusterClock,
  type Collection,
  type ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  componentHealthSchema,
  instantSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AirflowInfo } from '../../airflow';
import { readClusterCounts } from './clusterCounts';
import { CollectionStore } from './CollectionStore';
import {
  toBooleanOrNull,
  toInstant,
  toMs,
  type StoredBoolean,
  type StoredNumber,
} from '../kit/moments';
import type { ReadScope } from '../kit/types';

/** What is stored of one cluster. */
export interface StoredCluster {
  name: string;
  /** Null until it was read once. */
  info: AirflowInfo | null;
  components: ComponentHealth[];
  /** Null when nothing told of its clock yet. */
  clock: ClusterClock | null;
  /** Whether the portal's user may change things; null when that is not known. */
  mayWrite: boolean | null;
  /** Null as long as its DAGs and runs were never all read, or when none of its DAGs may be counted. */
  counts: Cluster['counts'];
  collections: Collection[];
}

/** A clock that goes as it went is measured anew with a smaller difference. */
const SET_MS = 30_000;

/** What is stored of a cluster's clock. */
export interface ClockColumns {
  clock_offset_ms: StoredNumber | null;
  clock_measured_at: StoredNumber | null;
}

interface ClusterRow extends ClockColumns {
  name: string;
  airflow_version: string;
  api_version: string;
  capabilities: string;
  components: string;
  may_write: StoredBoolean | null;
}

const componentsSchema = z.array(componentHealthSchema);
const seenComponentSchema = componentHealthSchema.and(
  z.object({
    /** By the portal's clock, the reading that first had its last heartbeat. */
    beatSeenAt: instantSchema.optional(),
  }),
);

/** A component with since when its last heartbeat is known. */
export type SeenComponent = z.infer<typeof seenComponentSchema>;

/** Written by this release or another, which may know more of them. */
const namesSchema = z.array(z.string());

/** What was last read about each cluster itself. */
export class ClusterStore {
  constructor(private readonly db: Knex) {}

  /**
   * One entry for each cluster of the scope, in its order, also for those never read.
   *
   * @param dags - the DAGs that are counted
   */
  async readAll(
    scope: ReadScope,
    dags: ReadScope = scope,
    now = new Date(),
  ): Promise<StoredCluster[]> {
    const names = scope.clusters.map(({ name }) => name);
    const rows: ClusterRow[] = await this.db('airflow_clusters').whereIn(
      'name',
      names,
    );
    const byName = new Map(rows.map(row => [row.name, row]));
    const collections = await new CollectionStore(this.db).list(scope);
    const counts = await readClusterCounts(this.db, dags, now);
    return names.map(name => {
      const row = byName.get(name);
      const own = collections.get(name) ?? [];
      return {
        name,
        info: row ? toInfo(row) : null,
        components: row ? parseComponents(row.components) : [],
        clock: row ? toClock(row) : null,
        mayWrite: toBooleanOrNull(row?.may_write ?? null),
        counts: wasAllRead(own) ? counts.get(name) ?? null : null,
        collections: own,
      };
    });
  }

  /** What was last measured of a cluster's clock; null when nothing told of it yet. */
  async clock(name: string): Promise<ClusterClock | null> {
    const row: ClockColumns | undefined = await this.db('airflow_clusters')
      .where({ name })
      .first('clock_offset_ms', 'clock_measured_at');
    return row ? toClock(row) : null;
  }

  /** As the last reading had them; none where nothing is stored of the cluster. */
  async components(name: string): Promise<SeenComponent[]> {
    const row: { components: string } | undefined = await this.db(
      'airflow_clusters',
    )
      .where({ name })
      .first('components');
    return row
      ? z.array(seenComponentSchema).parse(JSON.parse(row.components))
      : [];
  }

  async save(
    name: string,
    read: {
      info: AirflowInfo;
      components: SeenComponent[];
      /** What was measured before stays where this reading told nothing of it. */
      clock: ClusterClock | null;
      readAt: Date;
    },
  ): Promise<void> {
    const { info, components, clock, readAt } = read;
    const row = {
      name,
      airflow_version: info.airflowVersion,
      api_version: info.apiVersion,
      capabilities: JSON.stringify(info.capabilities),
      components: JSON.stringify(components),
      read_at: readAt.getTime(),
      ...(clock && {
        clock_offset_ms: clock.offsetMs,
        clock_measured_at: toMs(clock.measuredAt),
      }),
    };
    await this.db('airflow_clusters')
      .insert(row)
      .onConflict('name')
      .merge({
        ...row,
        ...(clock && {
          clock_set_at: this.whenSet(clock, '?', 'clock_set_at', [
            readAt.getTime(),
          ]),
          clock_before_ms: this.whenSet(
            clock,
            'airflow_clusters.clock_offset_ms',
            'clock_before_ms',
          ),
        }),
      })
      .whereRaw('airflow_clusters.read_at <= excluded.read_at');
  }

  /** One value where a clock was set since it was last measured, else what the column has. */
  private whenSet(
    { offsetMs }: ClusterClock,
    value: string,
    column: string,
    bindings: readonly number[] = [],
  ): Knex.Raw {
    return this.db.raw(
      `case when abs(airflow_clusters.clock_offset_ms - ?) > ?
        then ${value} else airflow_clusters.${column} end`,
      [offsetMs, SET_MS, ...bindings],
    );
  }

  /**
   * Keeps whether the portal's user may change things in a cluster.
   *
   * @returns false when nothing is stored of the cluster yet
   */
  async saveMayWrite(name: string, mayWrite: boolean): Promise<boolean> {
    const changed = await this.db('airflow_clusters')
      .where({ name })
      .update({ may_write: mayWrite });
    return changed > 0;
  }
}

/** No figure is shown for what was not read: a zero would look like good news. */
function wasAllRead(collections: readonly Collection[]): boolean {
  return (['inventory', 'runs'] as const).every(kind =>
    collections.some(own => own.kind === kind && own.lastSuccessAt !== null),
  );
}

export function parseComponents(column: string): ComponentHealth[] {
  return componentsSchema.parse(JSON.parse(column));
}

export function toClock(row: ClockColumns): ClusterClock | null {
  const { clock_offset_ms: offset, clock_measured_at: measured } = row;
  return offset === null || measured === null
    ? null
    : { offsetMs: Number(offset), measuredAt: toInstant(measured) };
}

function toInfo(row: ClusterRow): AirflowInfo {
  const stored = namesSchema.parse(JSON.parse(row.capabilities));
  return {
    airflowVersion: row.airflow_version,
    apiVersion: row.api_version === 'v1' ? 'v1' : 'v2',
    capabilities: capabilities.filter(known => stored.includes(known)),
  };
}
