import { describeContract } from './describeContract';
import type { ContractTarget } from './targets';

// Run by `npm run test:contract`, which starts the Airflows and says where they are.

const dags: ContractTarget['dags'] = {
  succeeds: 'hello_world',
  fails: { dagId: 'orders_broken', taskId: 'load' },
  mapped: { dagId: 'shop.orders.daily', taskId: 'extract' },
  many: 'table_checks',
  grouped: { dagId: 'shop.orders.daily', groupId: 'quality' },
  params: { dagId: 'report_on_demand', tooLow: '{"rows": 0}' },
  bigLog: { dagId: 'hundred_thousand_lines', taskId: 'talk' },
  paused: 'old_export',
  data: { writer: 'orders_export', waiter: 'orders_mart' },
  timed: {
    dagId: 'month_end',
    from: '2026-05-01T00:00:00Z',
    to: '2026-07-31T00:00:00Z',
  },
  links: { dagId: 'month_end', taskId: 'report', link: 'Triggered DAG' },
  notANumber: {
    dagId: 'stock.levels',
    taskId: 'reorder',
    key: 'return_value',
  },
  waits: { dagId: 'stock.levels', first: 'count', second: 'below' },
};

const targets = [
  ['Airflow 2', 'v1', process.env.AIRFLOW_FLEET_REAL_2],
  ['Airflow 3', 'v2', process.env.AIRFLOW_FLEET_REAL_3],
] as const;

const given = targets.flatMap(([name, apiVersion, baseUrl]) =>
  baseUrl ? [{ name, apiVersion, baseUrl }] : [],
);

describe.each(given)(
  'the contract on real $name',
  ({ apiVersion, baseUrl }) => {
    const asks =
      apiVersion === 'v2'
        ? { dagId: 'limit_changes', taskId: 'approve' }
        : undefined;
    const open = () => ({ apiVersion, baseUrl, dags: { ...dags, asks } });
    describeContract(open);
  },
);
