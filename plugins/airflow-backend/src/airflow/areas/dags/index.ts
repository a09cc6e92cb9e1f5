import type { Area } from '../../area';
import { RestDags } from './RestDags';
import type { Dags } from './types';
import * as v1 from './v1';
import * as v2 from './v2';

export type { AirflowDag, Dags } from './types';

export const dags: Area<Dags> = {
  v1: api =>
    new RestDags(api, {
      all: { only_active: false },
      dag: v1.dagBody,
      details: v1.dagDetailsBody,
    }),
  v2: api =>
    new RestDags(api, {
      all: { exclude_stale: false },
      dag: v2.dagBody,
      details: v2.dagDetailsBody,
    }),
};
