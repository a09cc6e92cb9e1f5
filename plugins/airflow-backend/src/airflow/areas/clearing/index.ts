import type { Area } from '../../area';
import type { Clearing } from './types';
import { ClearingV1 } from './v1';
import { ClearingV2 } from './v2';

export type { Clearing, ClearMode, TaskClearing } from './types';

export const clearing: Area<Clearing> = {
  v1: api => new ClearingV1(api),
  v2: api => new ClearingV2(api),
};
