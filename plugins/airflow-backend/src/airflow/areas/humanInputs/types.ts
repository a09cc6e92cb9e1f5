import type { HumanInput } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { HumanAnswer } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { RunRef, TaskInstanceRef } from '../../call';

/** Tasks that ask a person, from Airflow 3.1 on. */
export interface HumanInputs {
  /** Of one run, answered or not. */
  list(run: RunRef): Promise<HumanInput[]>;
  /** Refused as a conflict when somebody answered before. */
  answer(
    ref: TaskInstanceRef,
    answer: Pick<HumanAnswer, 'options' | 'params'>,
  ): Promise<void>;
}
