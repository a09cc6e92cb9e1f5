import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  AirflowError,
  type AirflowDag,
  type AirflowImportError,
  type CallOptions,
} from '../airflow';
import { dags } from '../airflow/areas/dags';
import { importErrors } from '../airflow/areas/importErrors';
import { removal } from '../airflow/areas/removal';
import type { RegisteredCluster } from '../clusters';
import { isOfFile } from '../insights/presence';
import type { OwnershipKeeper } from '../ownership';
import type { DagDocsStore, DagStore, ImportErrorStore } from '../store';
import { readDocs } from './docs';
import {
  judgeListing,
  type ListedDag,
  type Listing,
  type Verdict,
} from './judgeListing';
import type { Collector } from './types';
import type { WriteAccessKeeper } from './writeAccess';
import type { ZoneKeeper } from './ZoneKeeper';

interface InventoryStores {
  dagDocs: DagDocsStore;
  dags: DagStore;
  importErrors: ImportErrorStore;
}

/** Reads every DAG and every import error, says which DAGs are there, and reads the docs of some. */
export function inventoryCollector(
  stores: InventoryStores,
  ownership: OwnershipKeeper,
  zones: ZoneKeeper,
  access: WriteAccessKeeper,
): Collector {
  return async (cluster, call) => {
    const dagsRead = await readDags(stores.dags, cluster, call);
    const errors = await readImportErrors(cluster, call);
    const verdict = await judge(stores, cluster, {
      dags: dagsRead,
      errors,
      call,
    });
    await access.renew(cluster, call);
    await ownership.resolve(cluster);
    await zones.resolve(cluster);
    await readDocs(stores.dagDocs, cluster, call);
    const problem = doubtOf(cluster, verdict) ?? errors.problem;
    return {
      skippedRows: dagsRead.skipped + errors.skipped,
      skippedWhy: dagsRead.why ?? errors.why,
      complete: problem === null,
      problem,
    };
  };
}

/** How many rows were left out, and why the first was. */
interface LeftOut {
  skipped: number;
  why: string | undefined;
}

type ReadDags = LeftOut &
  Omit<Listing, 'brokenFiles' | 'newlyBroken'> & {
    /** Marked as broken and never met before; whether they still are, import errors tell. */
    marked: AirflowDag[];
  };

type ReadErrors = LeftOut & {
  items: AirflowImportError[];
  problem: Problem | null;
};

/** Stores what is in service and what was before, and tells how each DAG was listed. */
async function readDags(
  store: DagStore,
  { name, client }: RegisteredCluster,
  call: CallOptions,
): Promise<ReadDags> {
  const startedAt = new Date();
  const known = await store.presences(name);
  const listed = new Map<string, ListedDag>();
  const marked: AirflowDag[] = [];
  let skipped = 0;
  let why: string | undefined;
  const pages = client.read(dags, area => area.list(), call);
  for await (const page of pages) {
    skipped += page.skipped;
    why ??= page.why;
    for (const dag of page.items) listed.set(dag.dagId, dag);
    // Airflow keeps for ever what its files once held; what was gone before the portal knew it is nobody's business.
    const kept = page.items.filter(dag => !dag.stale || known.has(dag.dagId));
    await store.save(name, kept, startedAt);
    const others = page.items.filter(dag => !kept.includes(dag));
    marked.push(...others.filter(({ hasImportErrors }) => hasImportErrors));
  }
  const isPartial = skipped > 0;
  return { startedAt, known, listed, marked, isPartial, skipped, why };
}

/** Keeps which DAGs are there, and which files are broken. */
async function judge(
  { dags: dagStore, importErrors: errorStore }: InventoryStores,
  { name, client }: RegisteredCluster,
  read: { dags: ReadDags; errors: ReadErrors; call: CallOptions },
): Promise<Verdict> {
  const { dags: dagsRead, errors, call } = read;
  const brokenBefore = new Set(await errorStore.filenames(name));
  const brokenFiles =
    errors.problem === null
      ? errors.items.map(({ filename }) => filename)
      : [...brokenBefore];
  const newlyBroken = [...new Set(brokenFiles)].filter(
    file => !brokenBefore.has(file),
  );
  const broken = dagsRead.marked.filter(({ fileLocation }) =>
    brokenFiles.some(file => isOfFile(file, fileLocation)),
  );
  await dagStore.save(name, broken, dagsRead.startedAt);
  const verdict = await judgeListing(
    { ...dagsRead, brokenFiles, newlyBroken },
    {
      dag: async dagId => {
        const dag = await client.ask(dags, area => area.get(dagId), call);
        // The list told it as it was before, perhaps with an error that is none any more.
        await dagStore.save(name, [dag], new Date());
        return dag;
      },
      deletions: () => client.ask(removal, area => area.deletions(), call),
    },
  );
  // At once: who looks in between would tell of a broken file that Airflow says nothing of it, or tell the wrong team.
  await dagStore.transaction(async trx => {
    const { changed, doubt, notAskedOf } = verdict;
    await dagStore.savePresences(trx, name, changed, dagsRead.startedAt);
    if (errors.problem !== null) return;
    const told = errors.items.filter(
      ({ filename }) => !notAskedOf.includes(filename),
    );
    await errorStore.save(trx, name, told, {
      // What is missing together with DAGs that are doubted is doubted too, and what was left out is not over.
      forgetOthers: doubt === null && errors.skipped === 0,
    });
  });
  return verdict;
}

function doubtOf(
  { name }: RegisteredCluster,
  { doubt }: Verdict,
): Problem | null {
  return doubt === null
    ? null
    : {
        code: 'dags-vanished',
        cluster: name,
        message: `${doubt.unseen} of ${doubt.known} DAGs vanished from Airflow cluster ${name} at once, which is doubted`,
        hint: 'Look whether its DAG processor finds the DAG folder or bundle. Until they are back nothing counts as gone; where they are gone for good, say so by closing the alert',
      };
}

/** Import errors need a right of their own in Airflow; without it the DAGs are still worth having. */
async function readImportErrors(
  { client }: RegisteredCluster,
  call: CallOptions,
): Promise<ReadErrors> {
  const items: AirflowImportError[] = [];
  let skipped = 0;
  let why: string | undefined;
  try {
    const pages = client.read(importErrors, area => area.list(), call);
    for await (const page of pages) {
      skipped += page.skipped;
      why ??= page.why;
      items.push(...page.items);
    }
  } catch (error) {
    if (!(error instanceof AirflowError)) throw error;
    return { items, skipped, why, problem: error.toProblem() };
  }
  return { items, skipped, why, problem: null };
}
