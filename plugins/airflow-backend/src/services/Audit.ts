import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** A deed that is written down, whether it succeeded or not. */
export interface Deed {
  /** kebab-case, such as `dag-trigger`. */
  eventId: string;
  severityLevel: AuditorServiceEventSeverityLevel;
  /** What it was done to; holds no secret and nothing that the user typed as data. */
  meta: JsonObject;
  /** Tells who did it. */
  request: Request;
}

/** Writes down what callers do to Airflow. */
export class Audit {
  constructor(private readonly auditor: AuditorService) {}

  /** @param outcome - what there is to say of the deed once it is done */
  async record<T>(
    deed: Deed,
    act: () => Promise<T>,
    outcome?: (result: T) => JsonObject,
  ): Promise<T> {
    const event = await this.auditor.createEvent(deed);
    try {
      const result = await act();
      await event.success(outcome && { meta: outcome(result) });
      return result;
    } catch (error) {
      await event.fail({
        error: error instanceof Error ? error : new Error('unknown'),
      });
      throw error;
    }
  }
}
