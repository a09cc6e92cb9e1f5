import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { ClusterRegistry } from '../clusters';
import type { Stores } from '../store';
import type { Rule } from '../rules';
import { AlertEngine } from './AlertEngine';
import { AlertRecorder } from './AlertRecorder';
import type { Delivering } from './delivery';
import { Explainer } from './Explainer';
import { PromiseCheck } from './PromiseCheck';

/** What decides about alerts, and what stores it. */
export interface Alerting {
  engine: AlertEngine;
  recorder: AlertRecorder;
  explainer: Explainer;
}

export function createAlerting(options: {
  rules: readonly Rule[];
  intervalsMs: Record<CollectionKind, number>;
  registry: ClusterRegistry;
  stores: Pick<
    Stores,
    'alerts' | 'alertFacts' | 'dags' | 'deliveries' | 'firstReadings' | 'runs'
  >;
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
  const promises = new PromiseCheck(stores, logger);
  return {
    engine: new AlertEngine({ ...options, promises, recorder }),
    recorder,
    explainer: new Explainer({
      registry: options.registry,
      alerts: stores.alerts,
      deliveries: stores.deliveries,
      sender: delivery.sender,
      recorder,
      logger,
    }),
  };
}

/**
 * Some conditions come with time alone: a run that does not come, a success that is too long ago. And an Airflow that
 * was too slow to say why a run failed is asked again.
 */
export async function scheduleEvaluations(
  { engine, explainer }: Alerting,
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
  await scheduler.scheduleTask({
    id: 'airflow-alert-explanations',
    scope: 'global',
    frequency: { seconds: 15 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    fn: () => explainer.explainAll(),
  });
}
