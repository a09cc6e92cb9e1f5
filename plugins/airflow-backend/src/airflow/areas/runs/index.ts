import type { Area } from '../../area';
import type { Runs } from './types';
import { RunsV1 } from './v1';
import { RunsV2 } from './v2';

export type {
  AirflowRun,
  AirflowRunDetails,
  RunQuery,
  Runs,
  RunWindow,
} from './types';

export const runs: Area<Runs> = {
  v1: api => new RunsV1(api),
  v2: api => new RunsV2(api),
};
