import { z } from 'zod';
import type { SandboxUnderTest } from './SandboxUnderTest';

const pageSchema = z.object({
  dags: z.array(z.looseObject({ dag_id: z.string() })),
  total_entries: z.number(),
});

/**
 * The fleet list as a portal without a store must answer it: ask every cluster for every page, then filter, sort
 * and cut in memory. It is given every advantage: tokens are kept, all clusters are asked at once, and it leaves out
 * the last runs, which would cost one more request a DAG.
 */
export class FanOut {
  readonly #sandbox: SandboxUnderTest;
  readonly #signed = new Map<string, { authorization: string }>();

  constructor(sandbox: SandboxUnderTest) {
    this.#sandbox = sandbox;
  }

  async listDags(): Promise<string[]> {
    const lists = await Promise.all(
      this.#sandbox.clusters.map(({ name, version }) =>
        this.#dagsOf(name, version.startsWith('2.') ? 'v1' : 'v2'),
      ),
    );
    return lists.flat().sort().slice(0, 50);
  }

  async #dagsOf(cluster: string, api: 'v1' | 'v2'): Promise<string[]> {
    const headers =
      this.#signed.get(cluster) ??
      (await this.#sandbox.sign(cluster, api === 'v1'));
    this.#signed.set(cluster, headers);
    const found: string[] = [];
    for (let total = Infinity; found.length < total; ) {
      const answer = await fetch(
        `${this.#sandbox.url}/${cluster}/api/${api}/dags?limit=100&offset=${
          found.length
        }`,
        { headers },
      );
      const page = pageSchema.parse(await answer.json());
      if (page.dags.length === 0) break;
      found.push(...page.dags.map(dag => dag.dag_id));
      total = page.total_entries;
    }
    return found;
  }
}
