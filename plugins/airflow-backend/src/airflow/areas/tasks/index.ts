import type { Area } from '../../area';
import type { Tasks } from './types';
import { TasksV1 } from './v1';
import { TasksV2 } from './v2';

export type { Tasks } from './types';

export const tasks: Area<Tasks> = {
  v1: api => new TasksV1(api),
  v2: api => new TasksV2(api),
};
