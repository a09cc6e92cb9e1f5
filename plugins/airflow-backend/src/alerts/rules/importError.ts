import { createHash } from 'node:crypto';
import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import { coversCluster } from '../scope';
import type { RuleType } from '../types';
import { clusterOwner, findingOf, isReadSince, knownAt, proof } from './facts';

const expected = 'Airflow can import every DAG file';

/** A DAG file that Airflow cannot import. */
export const importError: RuleType = {
  expected: () => expected,

  find(facts, rule) {
    const { cluster, importErrors } = facts;
    const readAt = knownAt(facts, 'inventory');
    if (readAt === null || !coversCluster(rule.scope, cluster)) return [];
    return oneEach(importErrors).map(error => ({
      ...findingOf(rule, {
        kind: 'dag-file',
        cluster: cluster.name,
        filename: error.filename,
      }),
      // Airflow dates an error anew whenever it parses the file; only another error is something new.
      occurrence: createHash('sha256').update(error.stackTrace).digest('hex'),
      title: `${basename(error.filename)} cannot be imported`,
      observed: lastLine(error.stackTrace) ?? 'Airflow tells no error',
      expected,
      since: error.occurredAt ?? readAt,
      factsReadAt: readAt,
      runId: null,
      owner: clusterOwner(facts),
    }));
  },

  proof(alert, facts) {
    const { subject } = alert;
    if (subject.kind !== 'dag-file') return null;
    const isListed = facts.importErrors.some(
      ({ filename }) => filename === subject.filename,
    );
    if (isListed || !isReadSince(facts, 'inventory', alert)) return null;
    return proof(`${basename(subject.filename)} can be imported again`);
  },
};

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
