import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { ClusterRegistry } from '../clusters';
import type { Stores } from '../store';
import { AlertEngine } from './AlertEngine';
import { AlertRecorder } from './AlertRecorder';
import type { Delivering } from './delivery';
import { FailureReader } from './failures';
import type { Rule } from './types';

/** What decides about alerts, and what stores it. */
export interface Alerting {
  engine: AlertEngine;
  recorder: AlertRecorder;
}

export function createAlerting(options: {
  rules: readonly Rule[];
  registry: ClusterRegistry;
  stores: Pick<Stores, 'alerts' | 'alertFacts'>;
  delivery: Delivering;
  signals: SignalsService;
  logger: LoggerService;
}): Alerting {
  const { stores, delivery, signals, logger } = options;
  const recorder = new AlertRecorder(
    stores.alerts,
    delivery.planner,
    delivery.sender,
    signals,
    logger,
  );
  const failures = new FailureReader(logger);
  return {
    engine: new AlertEngine({ ...options, failures, recorder }),
    recorder,
  };
}

/** Some conditions come with time alone: a run that does not come, a success that is too long ago. */
export async function scheduleEvaluations(
  { engine }: Alerting,
  scheduler: SchedulerService,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'airflow-alerts',
    scope: 'global',
    frequency: { minutes: 1 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    fn: () => engine.evaluateAll(),
  });
}
