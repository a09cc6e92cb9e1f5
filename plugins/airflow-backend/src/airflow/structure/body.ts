import { z } from 'zod';

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
    task_id: z.string(),
    task_display_name: z.string().nullish(),
    operator_name: z.string().nullish(),
    class_ref: z.object({ class_name: z.string().nullish() }).nullish(),
    is_mapped: z.boolean().nullish(),
    trigger_rule: z.string().nullish(),
    downstream_task_ids: z.array(z.string()).nullish(),
  })
  .transform(
    (told): DeclaredTask => ({
      taskId: told.task_id,
      displayName: told.task_display_name ?? null,
      operator: told.operator_name ?? told.class_ref?.class_name ?? null,
      isMapped: told.is_mapped ?? false,
      triggerRule: told.trigger_rule ?? 'all_success',
      downstream: told.downstream_task_ids ?? [],
    }),
  );
