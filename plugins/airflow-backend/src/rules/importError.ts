import { createHash } from 'node:crypto';
import type {
  ImportError,
  Instant,
  Ownership,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { isGone, isOfFile } from '../insights/presence';
import type { AbsentDag, ClusterFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import {
  clusterOwner,
  findingOf,
  isReadSince,
  knownAt,
  proof,
  sinceIn,
} from './facts';
import type { RuleType } from './ruleType';
import { clusterRule } from './schema';
import { coversCluster } from './scope';

const schema = clusterRule('import-error', { severity: 'critical' });

/** A DAG file that Airflow cannot import: one trouble for each team that has DAGs in it. */
export const importError: RuleType<typeof schema> = {
  schema,
  about: 'dag-file',
  words: {
    wrong:
      'Airflow cannot import a DAG file; one alert a file and team that has DAGs in it',
    over: 'the DAGs of the file were parsed again, or the file is gone with its error, as it says',
    milder: 'warning where none of them would run by itself',
  },
  causes: ['cluster-unreachable', 'metadatabase', 'dag_processor'],

  expected: () => 'Airflow can import every DAG file',

  find(facts, rule) {
    const readAt = timeOfReading(facts);
    if (readAt === null) return [];
    return brokenFiles(facts).flatMap(file =>
      byOwner(file, facts)
        .filter(({ owner }) => coversOwner(rule.scope, facts, owner))
        .map(({ owner, dags }) => {
          const finding = findingOf(rule, {
            kind: 'dag-file',
            cluster: facts.cluster.name,
            filename: file.filename,
          });
          return {
            ...finding,
            fingerprint: ofTeam(finding.fingerprint, owner, facts),
            // Where nothing would run by itself, it can wait until the morning.
            severity: dags.some(({ isScheduled }) => isScheduled)
              ? finding.severity
              : atMostWarning(finding.severity),
            // Airflow dates an error anew whenever it parses the file; only another error is something new.
            occurrence: createHash('sha256')
              .update(file.stackTrace)
              .digest('hex'),
            title: titleOf(file.filename, dags),
            observed: lastLine(file.stackTrace) ?? 'Airflow tells no error',
            since: file.occurredAt ? sinceIn(facts, file.occurredAt) : readAt,
            factsReadAt: readAt,
            runId: null,
            owner,
          };
        }),
    );
  },

  proof(alert, facts) {
    const { subject } = alert;
    if (subject.kind !== 'dag-file') return null;
    if (!isReadSince(facts, 'inventory', alert)) return null;
    const isBroken = brokenFiles(facts).some(
      ({ filename }) => filename === subject.filename,
    );
    if (isBroken) return othersProof(alert, facts);
    return proof(endText(alert, subject.filename, facts));
  },
};

/** An error that Airflow tells no more ends with its cause only where the DAGs of the file are there again. */
function endText(
  { title }: StoredAlert,
  filename: string,
  facts: ClusterFacts,
): string {
  const file = basename(filename);
  const gone = dagsOfFile(filename, facts).filter(({ presence }) =>
    isGone(presence),
  );
  const vanished = gone.filter(({ presence }) => presence.state === 'vanished');
  if (vanished.length > 0) {
    return `${file} is gone, and its error with it: ${named(
      vanished,
    )} vanished, which is told by itself`;
  }
  if (gone.length > 0) {
    return `${file} is gone, and its error with it: ${named(gone)} ${
      gone.length === 1 ? 'was' : 'were'
    } deleted`;
  }
  return title === titleOf(filename, [])
    ? `Airflow tells no error of ${file} any more. Whether it was mended or removed is not known, for no DAG of it is`
    : `${file} can be imported again`;
}

/** When the errors that are stored were told; while a list of DAGs is doubted, they still are. */
function timeOfReading(facts: ClusterFacts): Instant | null {
  const { inventory } = facts.readings;
  return inventory.problem?.code === 'dags-vanished'
    ? inventory.failingSince
    : knownAt(facts, 'inventory');
}

/** Nobody of a team has DAGs in the file any more; those who have are told instead. */
function othersProof({ owner, subject }: StoredAlert, facts: ClusterFacts) {
  if (subject.kind !== 'dag-file') return null;
  const owners = brokenFiles(facts)
    .filter(({ filename }) => filename === subject.filename)
    .flatMap(file => byOwner(file, facts))
    .map(group => group.owner?.ref ?? null);
  return owners.includes(owner?.ref ?? null)
    ? null
    : proof(
        `The DAGs of ${basename(subject.filename)} belong to ${
          owners.filter(ref => ref !== null).join(', ') || 'nobody'
        } now, who is told; it still cannot be imported`,
      );
}

type BrokenFile = Pick<ImportError, 'filename' | 'stackTrace' | 'occurredAt'>;

/** Those that Airflow tells an error of, and those of DAGs that it marks as broken without telling why. */
function brokenFiles({ importErrors, absent }: ClusterFacts): BrokenFile[] {
  const reported = oneEach(importErrors);
  const unexplained = [...absent.values()]
    .filter(({ presence }) => presence.state === 'broken')
    .flatMap(({ fileLocation }) => fileLocation ?? [])
    .filter(
      location => !reported.some(file => isOfFile(file.filename, location)),
    );
  return [
    ...reported,
    ...[...new Set(unexplained)].map(filename => ({
      filename,
      stackTrace: '',
      occurredAt: null,
    })),
  ];
}

function dagsOfFile(filename: string, { absent }: ClusterFacts): AbsentDag[] {
  return [...absent.values()].filter(({ fileLocation }) =>
    isOfFile(filename, fileLocation),
  );
}

/** The broken DAGs of a file by who owns them; where none is known or has an owner, the owner of the cluster. */
function byOwner(
  { filename }: BrokenFile,
  facts: ClusterFacts,
): { owner: Ownership | null; dags: AbsentDag[] }[] {
  const groups = new Map<
    string,
    { owner: Ownership | null; dags: AbsentDag[] }
  >();
  for (const dag of dagsOfFile(filename, facts)) {
    if (dag.presence.state !== 'broken') continue;
    const owner = dag.owner ?? clusterOwner(facts);
    const group = groups.get(owner?.ref ?? '') ?? { owner, dags: [] };
    group.dags.push(dag);
    groups.set(owner?.ref ?? '', group);
  }
  return groups.size > 0
    ? [...groups.values()]
    : [{ owner: clusterOwner(facts), dags: [] }];
}

function coversOwner(
  scope: Parameters<typeof coversCluster>[0],
  { cluster }: ClusterFacts,
  owner: Ownership | null,
): boolean {
  return coversCluster(scope, { ...cluster, owner: owner?.ref ?? null });
}

/** The owner of the cluster has the alert of the file itself. */
function ofTeam(
  fingerprint: string,
  owner: Ownership | null,
  { cluster }: ClusterFacts,
): string {
  return owner === null || owner.ref === cluster.owner
    ? fingerprint
    : `${fingerprint}/${encodeURIComponent(owner.ref)}`;
}

function atMostWarning(severity: Severity): Severity {
  return severity === 'critical' ? 'warning' : severity;
}

function titleOf(filename: string, dags: readonly AbsentDag[]): string {
  const title = `${basename(filename)} cannot be imported`;
  if (dags.length === 0) return title;
  return `${title}: ${named(dags)} ${
    dags.length === 1 ? 'does' : 'do'
  } not run`;
}

/** Such as `orders, refunds and 3 more`. */
function named(dags: readonly AbsentDag[]): string {
  const [first, second, ...others] = dags.map(({ displayName }) => displayName);
  if (second === undefined) return first;
  if (others.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${others.length} more`;
}

/** Two bundles may hold files of one name; the error that sorts first stands for both. */
function oneEach(errors: readonly ImportError[]): ImportError[] {
  const byFile = new Map<string, ImportError>();
  for (const error of errors) {
    const other = byFile.get(error.filename);
    if (!other || error.id < other.id) byFile.set(error.filename, error);
  }
  return [...byFile.values()];
}

function basename(filename: string): string {
  return filename.split('/').at(-1) || filename;
}

function lastLine(stackTrace: string): string | undefined {
  return stackTrace.trim().split('\n').at(-1)?.trim() || undefined;
}
