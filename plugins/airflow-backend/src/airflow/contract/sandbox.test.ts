import { demoFleet, startSandbox, type RunningSandbox } from 'airflow-sandbox';
import { describeClearing } from './describeClearing';
import { describeContract } from './describeContract';
import type { ContractTarget } from './targets';

jest.setTimeout(120_000);

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ fleet: demoFleet(), port: 0 });
});
afterAll(() => sandbox.close());

const bigLog = { dagId: 'hundred_thousand_lines', taskId: 'chatter' };

describe('the contract on the sandbox as Airflow 2', () => {
  const open = (): ContractTarget => ({
    apiVersion: 'v1',
    baseUrl: `${sandbox.url}/prod-eu`,
    dags: {
      succeeds: 'branching',
      fails: { dagId: 'load_orders', taskId: 'extract' },
      mapped: { dagId: 'invoice_mail', taskId: 'render_pdf' },
      params: { dagId: 'params_of_every_kind', tooLow: { number: 0 } },
      bigLog,
      paused: 'old_invoice_archive',
    },
  });
  describeContract(open);
  describeClearing(open);
});

describe('the contract on the sandbox as Airflow 3', () => {
  const open = (): ContractTarget => ({
    apiVersion: 'v2',
    baseUrl: `${sandbox.url}/prod-us`,
    dags: {
      succeeds: 'web_sessions',
      fails: { dagId: 'orders_replica_us', taskId: 'extract' },
      mapped: { dagId: 'risk_scores', taskId: 'simulate' },
      params: { dagId: 'model_backtest', tooLow: { number: 0 } },
      bigLog,
      paused: 'old_export',
    },
  });
  describeContract(open);
  describeClearing(open);
});
