import type { WaitReason } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CallOptions, TaskInstanceRef } from '../call';
import { takes, type Server } from '../capabilities';
import { path, type AirflowApi } from '../http';
import { detailsBody, linksBody, reasonsBody } from './bodies';
import type { TaskDetails } from '.';

/** Both versions speak alike here. */
export class RestTaskDetails implements TaskDetails {
  constructor(
    private readonly api: AirflowApi,
    private readonly server: Server,
  ) {}

  get(ref: TaskInstanceRef, call?: CallOptions) {
    return this.api.json(
      { path: this.instance(ref), exact: ['rendered_fields'] },
      detailsBody,
      call,
    );
  }

  links(ref: TaskInstanceRef, call?: CallOptions) {
    return this.api.json(
      {
        path: `${this.task(ref)}/links`,
        query: { map_index: ref.mapIndex < 0 ? undefined : ref.mapIndex },
      },
      linksBody,
      call,
    );
  }

  async waitReasons(
    ref: TaskInstanceRef,
    call?: CallOptions,
  ): Promise<WaitReason[]> {
    if (!takes(this.server, 'task dependencies')) return [];
    return this.api.json(
      { path: `${this.instance(ref)}/dependencies` },
      reasonsBody,
      call,
    );
  }

  private task({ dagId, runId, taskId }: TaskInstanceRef) {
    const root = `/api/${this.server.apiVersion}`;
    return `${root}${path`/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}`}`;
  }

  private instance(ref: TaskInstanceRef) {
    const { mapIndex } = ref;
    const task = this.task(ref);
    return mapIndex < 0 ? task : `${task}${path`/${mapIndex}`}`;
  }
}
