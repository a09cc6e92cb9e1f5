import { randomUUID } from 'node:crypto';
import type { EndpointWrites } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';
import type { ActionStore } from '../../store';

/** An action that is written down, whether it succeeded or not. */
export interface AuditedAction {
  /** kebab-case, such as `dag-trigger`. */
  eventId: string;
  severityLevel: AuditorServiceEventSeverityLevel;
  /** What it was done to; holds no secret and nothing that the user typed as data. */
  meta: JsonObject;
  /** Who did it. */
  who: string;
  request: Request;
}

const LONGEST_ERROR = 500;

/** Writes down what callers do to Airflow: in the audit log, and for the pages of what it was done to. */
export class Audit {
  constructor(
    private readonly auditor: AuditorService,
    private readonly actions: ActionStore,
    private readonly logger: LoggerService,
  ) {}

  async record<T>(
    action: AuditedAction,
    act: () => Promise<T>,
    { outcome, madeRun }: Pick<EndpointWrites, 'outcome' | 'madeRun'> = {},
  ): Promise<T> {
    const { who, ...noted } = action;
    const event = await this.auditor.createEvent(noted);
    try {
      const result = await act();
      await event.success(outcome && { meta: outcome(result) });
      await this.keep(action, {
        runId: madeRun?.(result) ?? null,
        error: null,
      });
      return result;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error('unknown');
      await event.fail({ error });
      await this.keep(action, { runId: null, error: error.message });
      throw thrown;
    }
  }

  /** What was done to no cluster is in the audit log alone; an action does not fail because it could not be kept. */
  private async keep(
    { eventId, meta, who }: AuditedAction,
    { runId, error }: { runId: string | null; error: string | null },
  ): Promise<void> {
    const text = (name: string) => {
      const value = meta[name];
      return typeof value === 'string' ? value : null;
    };
    const cluster = text('cluster');
    if (cluster === null) return;
    try {
      await this.actions.add(cluster, {
        id: randomUUID(),
        at: new Date().toISOString(),
        event: eventId,
        who,
        dagId: text('dagId'),
        runId: runId ?? text('runId'),
        taskId: text('taskId'),
        reason: text('reason'),
        error: error?.slice(0, LONGEST_ERROR) ?? null,
      });
    } catch (thrown) {
      this.logger.warn(
        `What was done (${eventId} on cluster ${cluster}) could not be kept for its page`,
        thrown instanceof Error ? thrown : undefined,
      );
    }
  }
}
