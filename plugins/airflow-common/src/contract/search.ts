import {
  airflowDagReadPermission,
  dagPresences,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { endpoint, takesNothing } from './endpoint';
import { pageQuery } from './query';
import { scheduleSchema } from './schemas';

/**
 * A DAG as the portal's search reads it.
 *
 * @public
 */
export const dagDocumentSchema = z.object({
  cluster: z.string(),
  dagId: z.string(),
  displayName: z.string(),
  description: z.string().nullable(),
  /** Its `doc_md`, as Markdown; null when its author wrote none, or when it was not read yet. */
  docs: z.string().nullable(),
  tags: z.array(z.string()),
  /** As Airflow tells them. */
  owners: z.array(z.string()),
  /** Entity ref of who owns it in the portal. */
  ownerRef: z.string().nullable(),
  schedule: scheduleSchema,
  paused: z.boolean(),
  /** Whether Airflow still has it as it should. */
  presence: z.enum(dagPresences),
  /** State of its last run; null when it never ran. */
  lastRunState: z.string().nullable(),
});

/**
 * A DAG as the portal's search reads it; see {@link dagDocumentSchema}.
 *
 * @public
 */
export type DagDocument = z.infer<typeof dagDocumentSchema>;

/**
 * What the portal's search asks for when it builds its index.
 *
 * @public
 */
export const searchEndpoints = {
  listDagDocuments: endpoint({
    ...takesNothing,
    operationId: 'listDagDocuments',
    method: 'GET',
    path: '/dag-documents',
    summary: 'Every DAG with its docs, to be indexed for search',
    needs: { of: 'dags', permission: airflowDagReadPermission },
    query: z.object(pageQuery),
    response: z.object({
      items: z.array(dagDocumentSchema),
      nextCursor: z.string().nullable(),
    }),
  }),
};
