import type {
  TaskValue,
  XCom,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions, Page, TaskInstanceRef } from '../call';
import type { Area } from '../area';
import { XComsV1 } from './v1';
import { XComsV2 } from './v2';

/** What task instances left for others. */
export interface XComs {
  list(
    ref: TaskInstanceRef,
    options?: CallOptions,
  ): AsyncGenerator<Page<XCom & { mapIndex: number }>>;
  value(
    ref: TaskInstanceRef,
    key: string,
    options?: CallOptions,
  ): Promise<TaskValue>;
}

export const xcoms: Area<XComs> = {
  v1: (api, server) => new XComsV1(api, server),
  v2: api => new XComsV2(api),
};
