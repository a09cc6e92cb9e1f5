import {
  componentNames,
  type ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { instantOrNull } from '../../mapping/time';

const component = z.looseObject({ status: z.string().nullish() }).nullish();

/** The body of `GET /health` (v1) and `GET /monitor/health` (v2). */
export const healthBody = z
  .object({
    metadatabase: component,
    scheduler: component,
    triggerer: component,
    dag_processor: component,
  })
  .refine(body => body.metadatabase, 'metadatabase is missing')
  .transform((body): ComponentHealth[] =>
    componentNames.map(name => {
      const raw = body[name];
      return {
        name,
        status: statusOf(raw?.status),
        heartbeatAt: instantOrNull.parse(
          z
            .string()
            .nullish()
            .catch(null)
            .parse(raw?.[`latest_${name}_heartbeat`]),
        ),
      };
    }),
  );

/** Null means that no such component ever ran there. */
function statusOf(raw: string | null | undefined): ComponentHealth['status'] {
  if (!raw) return 'absent';
  return raw === 'healthy' || raw === 'unhealthy' ? raw : 'unknown';
}
