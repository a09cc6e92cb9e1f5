import type { Area } from '../../area';
import type { Marking } from './types';
import { MarkingV1 } from './v1';
import { MarkingV2 } from './v2';

export type { Marking, TaskMarking } from './types';

export const marking: Area<Marking> = {
  v1: api => new MarkingV1(api),
  v2: api => new MarkingV2(api),
};
