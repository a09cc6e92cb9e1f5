import type {
  AlertRuleType,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { severitySchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import {
  durationOrNone,
  entityRef,
  listOf,
  slug,
  text,
} from '../model/configValues';

const clusterScope = z.strictObject({
  clusters: listOf(text),
  environments: listOf(text),
  owners: listOf(entityRef),
});

const dagScope = clusterScope.extend({
  dags: listOf(text),
  tags: listOf(text),
});

/** What the keys of every rule are unless set; it fires at once unless `forMs` says otherwise. */
interface Unless {
  severity: Severity;
  forMs?: number;
}

/** The keys of a rule about a cluster, its components or its files; `extend` adds its thresholds. */
export function clusterRule<Type extends AlertRuleType>(
  type: Type,
  unless: Unless,
) {
  return z.strictObject({
    ...keysOf(type, unless),
    scope: clusterScope.prefault({}),
  });
}

/** The keys of a rule about DAGs or their runs; `extend` adds its thresholds. */
export function dagRule<Type extends AlertRuleType>(
  type: Type,
  unless: Unless,
) {
  return z.strictObject({
    ...keysOf(type, unless),
    scope: dagScope.prefault({}),
  });
}

function keysOf<Type extends AlertRuleType>(
  type: Type,
  { severity, forMs = 0 }: Unless,
) {
  return {
    name: slug,
    type: z.literal(type),
    severity: severitySchema.default(severity),
    for: durationOrNone.default(forMs),
  };
}
