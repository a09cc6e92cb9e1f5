import type { Area } from '../../area';
import type { AirflowApi } from '../../http';
import { unsupported } from '../../unsupported';
import type { HumanInputs } from './types';
import { HumanInputsV2 } from './v2';

export type { HumanInputs } from './types';

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
  v2: api =>
    api.takes('human input') ? new HumanInputsV2(api) : withoutHumanInput(api),
};
