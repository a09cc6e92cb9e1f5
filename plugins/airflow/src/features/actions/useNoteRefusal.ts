import { airflowNoteWritePermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useClusterOf } from '../../data/useClusters';
import type { DagName } from '../../data/useDag';
import { useRefusal } from '../../data/useMay';

/** Why no note can be written; null when one can. */
export function useNoteRefusal(name: DagName): string | null {
  const refusal = useRefusal(airflowNoteWritePermission, name);
  const hasNotes = useClusterOf(name)?.capabilities.includes('notes') ?? true;
  return hasNotes ? refusal : 'This Airflow is too old to keep notes';
}
