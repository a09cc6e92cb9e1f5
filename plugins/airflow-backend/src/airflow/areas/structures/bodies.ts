import { z } from 'zod';
import { flag, id, listed, text } from '../../mapping/fields';

/** A task as Airflow lists it; its name, operator and mapping are not told by every Airflow 2. */
export interface DeclaredTask {
  taskId: string;
  displayName: string | null;
  operator: string | null;
  isMapped: boolean;
  triggerRule: string;
  downstream: string[];
}

export const declaredTask = z
  .object({
    task_id: id,
    task_display_name: text,
    operator_name: text,
    class_ref: z.object({ class_name: text }).nullish().catch(null),
    is_mapped: flag,
    trigger_rule: text,
    downstream_task_ids: listed(id),
  })
  .transform(
    (raw): DeclaredTask => ({
      taskId: raw.task_id,
      displayName: raw.task_display_name ?? null,
      operator: raw.operator_name ?? raw.class_ref?.class_name ?? null,
      isMapped: raw.is_mapped ?? false,
      triggerRule: raw.trigger_rule ?? 'all_success',
      downstream: raw.downstream_task_ids,
    }),
  );
