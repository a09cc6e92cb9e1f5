import { demoFleet, startSandbox, type RunningSandbox } from 'airflow-sandbox';
import { describeContract } from './describeContract';
import type { ContractTarget } from './targets';

let sandbox: RunningSandbox;

beforeAll(async () => {
  const demo = demoFleet().clusters;
  const wide = demo.flatMap(({ dags }) =>
    dags.filter(({ dagId }) => dagId === 'dbt_warehouse'),
  );
  const clusters = demo.map(cluster => ({
    ...cluster,
    isShuffled: true,
    dags:
      cluster.name === 'prod-us' ? [...cluster.dags, ...wide] : cluster.dags,
  }));
  sandbox = await startSandbox({ fleet: { clusters }, port: 0 });
});
afterAll(() => sandbox.close());

const DAY_MS = 24 * 60 * 60_000;
const someDays = {
  from: new Date(Date.now() - 6 * DAY_MS).toISOString(),
  to: new Date(Date.now() - 3 * DAY_MS).toISOString(),
};

/** Of a DAG that runs twice an hour; so few runs that a backfill of them is not over before it is looked at. */
const someHours = {
  from: new Date(Date.now() - 3 * DAY_MS).toISOString(),
  to: new Date(Date.now() - 2.8 * DAY_MS).toISOString(),
};

const bigLog = { dagId: 'hundred_thousand_lines', taskId: 'chatter' };

describe('the contract on the sandbox as Airflow 2', () => {
  const open = (): ContractTarget => ({
    apiVersion: 'v1',
    baseUrl: `${sandbox.url}/prod-eu`,
    dags: {
      succeeds: 'branching',
      fails: { dagId: 'load_orders', taskId: 'extract' },
      mapped: { dagId: 'invoice_mail', taskId: 'render_pdf' },
      many: 'dbt_warehouse',
      grouped: { dagId: 'load_orders', groupId: 'quality' },
      params: { dagId: 'params_of_every_kind', tooLow: '{"number": 0}' },
      bigLog,
      paused: 'old_invoice_archive',
      data: { writer: 'load_orders', waiter: 'orders_mart' },
      timed: { dagId: 'invoice_mail', ...someDays },
      links: { dagId: 'branching', taskId: 'choose', link: 'Query history' },
      notANumber: { dagId: 'branching', taskId: 'choose', key: 'statistics' },
      oddKeys: {
        dagId: 'branching',
        taskId: 'choose',
        keys: ['s3://bucket/key.json', '50% of #1?'],
      },
      waits: { dagId: 'load_orders', first: 'extract', second: 'transform' },
    },
  });
  describeContract(open);
});

describe('the contract on the sandbox as Airflow 3', () => {
  const open = (): ContractTarget => ({
    apiVersion: 'v2',
    baseUrl: `${sandbox.url}/prod-us`,
    dags: {
      succeeds: 'web_sessions',
      fails: { dagId: 'orders_replica_us', taskId: 'extract' },
      mapped: { dagId: 'risk_scores', taskId: 'simulate' },
      many: 'dbt_warehouse',
      grouped: { dagId: 'risk_scores', groupId: 'check' },
      params: { dagId: 'model_backtest', tooLow: '{"number": 0}' },
      bigLog,
      paused: 'old_export',
      data: { writer: 'sync_crm', waiter: 'crm_accounts_mart' },
      timed: { dagId: 'sync_crm', ...someHours },
      asks: { dagId: 'limit_changes', taskId: 'approve' },
      links: { dagId: 'web_sessions', taskId: 'read', link: 'Query history' },
      notANumber: { dagId: 'web_sessions', taskId: 'read', key: 'statistics' },
      oddKeys: {
        dagId: 'web_sessions',
        taskId: 'read',
        keys: ['s3://bucket/key.json', '50% of #1?'],
      },
      waits: { dagId: 'web_sessions', first: 'read', second: 'sessionize' },
    },
  });
  describeContract(open);
});
