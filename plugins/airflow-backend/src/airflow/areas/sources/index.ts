import type {
  DagSource,
  DagVersion,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { shortened } from '../../../masked';
import type { Area } from '../../area';
import { path } from '../../http';
import { text } from '../../mapping/fields';
import { listOf } from '../../mapping/lists';
import { instant } from '../../mapping/time';

/** The code of DAGs. */
export interface Sources {
  /** The newest version when none is named; Airflow 2 keeps one only. */
  of(dagId: string, version?: number): Promise<DagSource>;
  /** Newest first; none where Airflow keeps no versions. */
  versions(dagId: string): Promise<DagVersion[]>;
}

/** No file that people wrote is longer. */
const LONGEST_CODE = 2_000_000;

/** Both versions answer with plain text otherwise. */
const JSON_ONLY = 'application/json';

const filed = z.object({ file_token: z.string() });

const sourceBody = z
  .object({
    content: z.string().transform(raw => shortened(raw, LONGEST_CODE)),
    version_number: z.number().int().positive().nullish(),
  })
  .transform(
    (raw): DagSource => ({
      code: raw.content,
      version: raw.version_number ?? null,
    }),
  );

const versionBody = z
  .object({
    version_number: z.number().int().positive(),
    created_at: instant,
    bundle_name: text,
    bundle_version: text,
  })
  .transform(
    (raw): DagVersion => ({
      number: raw.version_number,
      createdAt: raw.created_at,
      bundle: raw.bundle_name ?? null,
      bundleVersion: raw.bundle_version ?? null,
    }),
  );

export const sources: Area<Sources> = {
  v1: api => ({
    of: async dagId => {
      const dag = path`/dags/${dagId}`;
      const { file_token } = await api.json({ path: dag }, filed);
      return api.json(
        { path: path`/dagSources/${file_token}`, accept: JSON_ONLY },
        sourceBody,
      );
    },
    versions: async () => [],
  }),
  v2: api => ({
    of: (dagId, version) =>
      api.json(
        {
          path: path`/dagSources/${dagId}`,
          query: { version_number: version },
          accept: JSON_ONLY,
        },
        sourceBody,
      ),
    versions: dagId =>
      api.rows(
        {
          path: path`/dags/${dagId}/dagVersions`,
          query: { order_by: '-version_number' },
        },
        listOf('dag_versions', versionBody),
      ),
  }),
};
