import type { CallOptions } from '../airflow';
import { writeAccess } from '../airflow/areas/writeAccess';
import type { RegisteredCluster } from '../clusters';
import type { ClusterStore } from '../store';

/** A role is changed now and then; it is asked for as seldom as the version. */
const REMEMBERED_MS = 10 * 60_000;

/** Finds out whether the portal's user may change anything in each cluster, and keeps it. */
export class WriteAccessKeeper {
  private readonly askedAtMs = new Map<string, number>();

  constructor(private readonly clusters: ClusterStore) {}

  /** To be called once the credentials were let in, lest wrong ones are tried once more. */
  async renew(
    { name, client }: RegisteredCluster,
    call: CallOptions,
  ): Promise<void> {
    const askedAtMs = this.askedAtMs.get(name) ?? -Infinity;
    if (Date.now() - askedAtMs < REMEMBERED_MS) return;
    const mayWrite = await client.ask(
      writeAccess,
      area => area.mayWrite(),
      call,
    );
    // What was found out before stays where this tells nothing.
    if (mayWrite === null) return;
    // Before health was first read there is nowhere to keep it.
    const isKept = await this.clusters.saveMayWrite(name, mayWrite);
    if (isKept) this.askedAtMs.set(name, Date.now());
  }
}
