import {
  toClusterTime,
  toPortalTime,
  type AlertSubject,
  type CollectionKind,
  type DagRun,
  type Instant,
  type Ownership,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { masked } from '../masked';
import type { AbsentDag, ClusterFacts, DagFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import type { Condition, Proof } from './finding';
import type { BaseRule } from './ruleType';
import { coversDag } from './scope';

/** When a kind of fact was read; null while it cannot be read or was never read whole, when rules know nothing. */
export function knownAt(
  facts: ClusterFacts,
  kind: CollectionKind,
): Instant | null {
  const { readAt, failingSince } = facts.readings[kind];
  return failingSince === null ? readAt : null;
}

/**
 * As {@link knownAt}, by the cluster's clock: what that Airflow wrote until then was read. What was read before that
 * clock was set is judged by the clock of then, until it is read again.
 */
export function knownUntil(
  facts: ClusterFacts,
  kind: CollectionKind,
): Instant | null {
  const { clock, clockSet } = facts;
  const readAt = knownAt(facts, kind);
  if (readAt === null) return null;
  const until = toClusterTime(readAt, clock);
  if (!clockSet || !isAfter(clockSet.at, readAt)) return until;
  // A clock is set some time before that is found, so a reading in between may be of either; the earlier is certain.
  const before = later(readAt, clockSet.offsetBeforeMs);
  return isAfter(until, before) ? before : until;
}

/** When a kind of fact was read, by the portal's clock and by the cluster's; null where rules know nothing of it. */
export function readOf(
  facts: ClusterFacts,
  kind: CollectionKind,
): { at: Instant; until: Instant } | null {
  const at = knownAt(facts, kind);
  const until = knownUntil(facts, kind);
  return at !== null && until !== null ? { at, until } : null;
}

/** Since when something is so, by the portal's clock, that an Airflow dates. */
export function sinceIn({ clock }: ClusterFacts, moment: Instant): Instant {
  return toPortalTime(moment, clock);
}

/** Whether a kind of fact was read anew since an alert was last seen, so that it can prove that the alert is over. */
export function isReadSince(
  facts: ClusterFacts,
  kind: CollectionKind,
  alert: Pick<StoredAlert, 'factsReadAt' | 'since'>,
): boolean {
  const readAt = knownAt(facts, kind);
  return readAt !== null && isAfter(readAt, alert.factsReadAt ?? alert.since);
}

export function isAfter(a: Instant, b: Instant): boolean {
  return Date.parse(a) > Date.parse(b);
}

export function later(moment: Instant, ms: number): Instant {
  return new Date(Date.parse(moment) + ms).toISOString();
}

/** The part of a finding that its rule and its subject say. */
export function findingOf(
  rule: BaseRule,
  subject: AlertSubject,
): Pick<
  Condition,
  'fingerprint' | 'rule' | 'ruleType' | 'severity' | 'forMs' | 'subject'
> {
  return {
    fingerprint: [rule.type, rule.name, ...Object.values(subject)]
      .map(part => encodeURIComponent(part))
      .join('/'),
    rule: rule.name,
    ruleType: rule.type,
    severity: rule.severity,
    forMs: rule.forMs,
    subject,
  };
}

/** The same of a DAG, with whom it is told to. */
export function findingOfDag(
  { cluster }: ClusterFacts,
  rule: BaseRule,
  { dagId, owner }: Pick<DagFacts, 'dagId' | 'owner'>,
) {
  const subject = { kind: 'dag', cluster: cluster.name, dagId } as const;
  return { ...findingOf(rule, subject), owner };
}

/** The same of a cluster as a whole. */
export function findingOfCluster(facts: ClusterFacts, rule: BaseRule) {
  const subject = { kind: 'cluster', cluster: facts.cluster.name } as const;
  return { ...findingOf(rule, subject), owner: clusterOwner(facts) };
}

/** Who is told of what is wrong with a cluster as a whole. */
export function clusterOwner({ cluster }: ClusterFacts): Ownership | null {
  return cluster.owner === null
    ? null
    : { ref: cluster.owner, source: 'cluster', by: cluster.name };
}

/** The DAGs that a rule looks at. */
export function dagsOf(facts: ClusterFacts, rule: BaseRule): DagFacts[] {
  return dagsWithRunsOf(facts, rule).filter(({ isVanished }) => !isVanished);
}

/** The same, for rules about what became of runs: also those that no file holds any more. */
export function dagsWithRunsOf(
  facts: ClusterFacts,
  rule: BaseRule,
): DagFacts[] {
  return [...facts.dags.values()].filter(dag =>
    coversDag(rule.scope, facts.cluster, dag),
  );
}

/** That a DAG was deleted ends what was wrong with it, and puts nothing right. */
export function deletedProof({
  displayName,
  presence,
}: AbsentDag): Proof | null {
  const { state, reason } = presence;
  return state === 'deleted'
    ? proof(
        `The DAG ${displayName} was deleted, so this ends without having been put right: ${
          reason ?? 'Airflow has it no longer'
        }`,
      )
    : null;
}

/** The DAG that an alert is about; undefined when nothing of it can be judged, as when it is gone. */
export function dagOf(
  alert: Pick<StoredAlert, 'subject'>,
  facts: ClusterFacts,
): DagFacts | undefined {
  const dag = dagWithRunsOf(alert, facts);
  return dag?.isVanished ? undefined : dag;
}

/** The same, for what became of its runs. */
export function dagWithRunsOf(
  alert: Pick<StoredAlert, 'subject'>,
  facts: ClusterFacts,
): DagFacts | undefined {
  const { subject } = alert;
  return subject.kind === 'dag' || subject.kind === 'run'
    ? facts.dags.get(subject.dagId)
    : undefined;
}

/** A DAG that is paused misses nothing: no run is expected of it. */
export function pausedProof(facts: ClusterFacts, dag: DagFacts): Proof | null {
  return dag.paused && knownAt(facts, 'inventory') !== null
    ? proof(`${dag.displayName} is paused, so no run is expected of it`)
    : null;
}

export function proof(text: string, run: DagRun | null = null): Proof {
  return { text: masked(text), runId: run?.runId ?? null };
}
