import type {
  HumanAnswer,
  HumanInput,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions, TaskInstanceRef } from '../call';
import type { Area } from '../area';
import { capabilitiesOf } from '../capabilities';
import type { AirflowApi } from '../http';
import { unsupported } from '../unsupported';
import { HumanInputsV2 } from './v2';

/** Tasks that ask a person, from Airflow 3.1 on. */
export interface HumanInputs {
  /** Of one run, answered or not. */
  list(dagId: string, runId: string, call?: CallOptions): Promise<HumanInput[]>;
  /** Refused as a conflict when somebody answered before. */
  answer(
    ref: TaskInstanceRef,
    answer: Pick<HumanAnswer, 'options' | 'params'>,
    call?: CallOptions,
  ): Promise<void>;
}

function withoutHumanInput(api: AirflowApi): HumanInputs {
  const refuse = async () => {
    throw unsupported(
      api,
      'is older than 3.1, in which tasks ask nobody',
      'Upgrade this Airflow',
    );
  };
  return { list: refuse, answer: refuse };
}

export const humanInputs: Area<HumanInputs> = {
  v1: withoutHumanInput,
  v2: (api, server) =>
    capabilitiesOf(server).includes('human-in-the-loop')
      ? new HumanInputsV2(api)
      : withoutHumanInput(api),
};
