import {
  expect,
  test as base,
  type APIResponse,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import { z } from 'zod';
import { become } from './become';
import { MailSink, WebhookSink } from './sinks';

const tokenSchema = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});

const clustersSchema = z.object({
  items: z.array(
    z.object({
      collections: z.array(
        z.object({
          lastSuccessAt: z.string().nullable(),
          problem: z.unknown().nullable(),
        }),
      ),
    }),
  ),
});

/** Somebody of the demo: what they see in their browser, and what the API answers them. */
export class Person {
  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly headers: { authorization: string },
  ) {}

  static async signIn(context: BrowserContext, name: string): Promise<Person> {
    await become(context, name);
    const answer = await context.request.get('/api/auth/demo/refresh', {
      headers: { 'x-requested-with': 'XMLHttpRequest', 'x-demo-user': name },
    });
    const { backstageIdentity } = tokenSchema.parse(await answer.json());
    return new Person(await context.newPage(), context, {
      authorization: `Bearer ${backstageIdentity.token}`,
    });
  }

  get(path: string): Promise<APIResponse> {
    return this.context.request.get(path, { headers: this.headers });
  }

  post(path: string, data: object): Promise<APIResponse> {
    return this.context.request.post(path, { headers: this.headers, data });
  }

  /** Waits until the portal has read the history of the fleet, but for what it cannot read. */
  async untilFleetIsRead(): Promise<void> {
    await expect
      .poll(
        async () => {
          const answer = await this.get('/api/airflow/clusters');
          const { items } = clustersSchema.parse(await answer.json());
          return items
            .flatMap(({ collections }) => collections)
            .every(({ lastSuccessAt, problem }) => lastSuccessAt ?? problem);
        },
        { timeout: 120_000 },
      )
      .toBe(true);
  }

  /** Has a cluster read now, as `Refresh now` does. */
  async readAgain(cluster: string): Promise<void> {
    await this.post(`/api/airflow/clusters/${cluster}/refresh`, {
      kinds: ['health', 'inventory', 'runs'],
    });
  }
}

/** People who look at the portal at the same time, and where their mails and calls arrive. */
export const test = base.extend<
  { signIn: (name: string) => Promise<Person> },
  { mails: MailSink; calls: WebhookSink }
>({
  signIn: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async name => {
      const context = await browser.newContext();
      contexts.push(context);
      return Person.signIn(context, name);
    });
    await Promise.all(contexts.map(context => context.close()));
  },
  mails: [
    // Playwright wants to see the braces.
    async ({}, use, { project }) => {
      const sink = new MailSink(project.use.baseURL ?? '');
      await sink.listen();
      await use(sink);
      await sink.close();
    },
    { scope: 'worker' },
  ],
  calls: [
    async ({}, use, { project }) => {
      const sink = new WebhookSink(project.use.baseURL ?? '');
      await sink.listen();
      await use(sink);
      await sink.close();
    },
    { scope: 'worker' },
  ],
});
