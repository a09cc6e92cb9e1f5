import type {
  Asset,
  AssetEvent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { count, id, listed, text } from '../../mapping/fields';
import { instant, instantOrNull } from '../../mapping/time';

const dags = listed(z.object({ dag_id: id }));

/** `DatasetDTO` of v1, `AssetResponse` of v2; the DAGs that wait for it are named anew in 3.1. */
export const assetBody = z
  .object({
    id: z.number().int(),
    name: text,
    uri: id,
    consuming_dags: dags,
    scheduled_dags: dags,
    producing_tasks: listed(z.object({ dag_id: id, task_id: id })),
    last_asset_event: z
      .object({ timestamp: instantOrNull })
      .nullish()
      .catch(null),
  })
  .transform(
    (raw): Asset => ({
      id: raw.id,
      name: raw.name || raw.uri,
      uri: raw.uri,
      consumers: [...raw.scheduled_dags, ...raw.consuming_dags]
        .map(({ dag_id }) => dag_id)
        .sort(),
      producers: raw.producing_tasks.map(({ dag_id, task_id }) => ({
        dagId: dag_id,
        taskId: task_id,
      })),
      lastEventAt: raw.last_asset_event?.timestamp ?? null,
    }),
  );

/** `DatasetEvent` of v1, `AssetEventResponse` of v2. */
export const assetEventBody = z
  .object({
    id: z.number().int(),
    dataset_id: count,
    asset_id: count,
    dataset_uri: text,
    name: text,
    uri: text,
    timestamp: instant,
    source_dag_id: text,
    source_run_id: text,
    source_task_id: text,
    created_dagruns: listed(
      z.object({ dag_id: id, run_id: text, dag_run_id: text }),
    ),
  })
  .transform((raw): AssetEvent => {
    const { source_dag_id, source_run_id, source_task_id } = raw;
    return {
      id: raw.id,
      assetId: raw.asset_id ?? raw.dataset_id ?? -1,
      name: raw.name || raw.uri || raw.dataset_uri || '',
      at: raw.timestamp,
      source:
        source_dag_id && source_run_id && source_task_id
          ? {
              dagId: source_dag_id,
              runId: source_run_id,
              taskId: source_task_id,
            }
          : null,
      startedRuns: raw.created_dagruns.flatMap(
        ({ dag_id, run_id, dag_run_id }) => {
          const runId = run_id ?? dag_run_id;
          return runId ? [{ dagId: dag_id, runId }] : [];
        },
      ),
    };
  });
