import { DAY, HOUR, MINUTE } from '../../simulation/cron';
import { BY_HAND, chain, cron, dag, pools, task } from '../builders';
import { CLUSTER_OUTAGE, databaseRefused, simpleError } from '../errors';
import { ClusterDefinition, DagDefinition } from '../types';
import { everyKindOfParam } from './params';
import { TELLING } from './telling';

const BERLIN = 'Europe/Berlin';
const MSSQL = {
  operator: 'SQLExecuteQueryOperator',
  module: 'airflow.providers.common.sql.operators.sql',
};
const EMPTY = {
  operator: 'EmptyOperator',
  module: 'airflow.operators.empty',
  seconds: 1,
  retries: 0,
};

const LOAD_ORDERS_DOC = `### Orders into the warehouse

Loads every order of the last hour from the shop database.

* **Runbook**: restart \`db-1\` replication, then clear from \`extract\`.
* **On call**: #payments-oncall
`;

function payments(anchor: number, incidentFrom: number): DagDefinition[] {
  const refused = (file: string, name: string) => [
    { from: incidentFrom, taskId: name, error: databaseRefused(file, name) },
  ];
  return [
    dag(
      anchor,
      'load_orders',
      'payments',
      cron('0 * * * *', 'Every hour', BERLIN),
      [
        task('extract', [], { seconds: 45, retries: 1, pool: 'db_1' }),
        task('transform', ['extract'], { seconds: 60 }),
        task('quality.check_nulls', ['transform'], { seconds: 15 }),
        task('quality.check_totals', ['transform'], { seconds: 20 }),
        task('load', ['quality.check_nulls', 'quality.check_totals'], {
          ...MSSQL,
          seconds: 50,
          outlets: ['postgres://warehouse/orders'],
        }),
        task('notify', ['load'], { seconds: 3, triggerRule: 'all_done' }),
      ],
      {
        description: 'Orders of the last hour into the warehouse',
        docMd: LOAD_ORDERS_DOC,
        tags: ['orders', 'critical', 'tier:1'],
        failingTask: 'extract',
        error: databaseRefused('payments/load_orders.py', 'extract'),
        incidents: refused('payments/load_orders.py', 'extract'),
        params: { table: { value: 'orders', schema: { type: 'string' } } },
      },
    ),
    dag(
      anchor,
      'settle_payments',
      'payments',
      cron('*/30 * * * *', 'Every 30 minutes'),
      chain(['fetch_batches', 'settle', 'report'], { seconds: 70 }),
      {
        tags: ['critical', 'tier:1'],
        description: 'Settles card payments with the acquirer',
      },
    ),
    dag(
      anchor,
      'refund_sync',
      'payments',
      cron('15 * * * *', 'At 15 minutes past the hour'),
      chain(['extract', 'match', 'book']),
      {
        failingTask: 'extract',
        tags: ['orders'],
        incidents: refused('payments/refund_sync.py', 'extract'),
      },
    ),
    dag(
      anchor,
      'chargeback_watch',
      'payments',
      { kind: 'interval', seconds: 7 * 3600 },
      chain(['list_chargebacks', 'score', 'open_cases'], { seconds: 90 }),
    ),
    dag(
      anchor,
      'orders_mart',
      'payments',
      { kind: 'assets', uris: ['postgres://warehouse/orders'] },
      chain(['build_mart', 'publish'], {
        ...MSSQL,
        seconds: 40,
        outlets: ['s3://marts/orders'],
      }),
      { tags: ['orders'], description: 'Rebuilt whenever orders were loaded' },
    ),
    dag(
      anchor,
      'fx_rates',
      'payments',
      { kind: 'continuous', seconds: 900 },
      [
        task('wait_for_feed', [], {
          operator: 'HttpSensorAsync',
          module: 'airflow.providers.http.sensors.http',
          seconds: 600,
          deferrable: true,
        }),
        task('store', ['wait_for_feed'], { seconds: 30 }),
      ],
      { maxActiveRuns: 1, failureRate: 0.005 },
    ),
  ];
}

function billing(anchor: number, midnight: number): DagDefinition[] {
  return [
    dag(
      anchor,
      'invoice_mail',
      'billing',
      cron('0 2 * * *', 'At 02:00', BERLIN),
      [
        task('collect_invoices', [], { seconds: 120 }),
        task('render_pdf', ['collect_invoices'], { mapped: 12, seconds: 300 }),
        task('send_mail', ['render_pdf'], { seconds: 200, retries: 2 }),
        task('archive', ['send_mail'], {
          seconds: 30,
          outlets: ['s3://archive/invoices'],
        }),
      ],
      {
        displayName: 'Rechnungsversand ✉',
        description: 'Sends the invoices of the day',
        docMd:
          'Sends **every** invoice of the day. Must be done by 06:00 Berlin.',
        tags: ['mail', 'tier:1'],
        // Today's run was due and is not created: late for everyone to see.
        delays: [{ from: anchor - DAY, to: anchor, seconds: 26 * 3600 }],
      },
    ),
    dag(
      anchor,
      'dunning',
      'billing',
      cron('30 5 * * 1-5', 'At 05:30, Monday through Friday', BERLIN),
      chain(['select_overdue', 'write_letters', 'hand_over'], { seconds: 80 }),
    ),
    dag(
      anchor,
      'monthly_close',
      'billing',
      cron('0 4 1 * *', 'At 04:00 AM, on day 1 of the month', BERLIN),
      chain(['freeze', 'reconcile', 'post', 'report'], { seconds: 900 }),
      { tags: ['finance'] },
    ),
    dag(
      anchor,
      'tax_export',
      'billing',
      cron('0 3 * * 0', 'At 03:00 AM, only on Sunday'),
      chain(['export', 'sign', 'upload'], { seconds: 240 }),
    ),
    dag(
      anchor,
      'contract_import.v2',
      'billing',
      cron('20 */4 * * *', 'At 20 minutes past the hour, every 4 hours'),
      chain(['read.files', 'validate.rows', 'merge'], { seconds: 50 }),
      {
        displayName: 'Vertragsimport – Größe XL',
        failureRate: 0.12,
        retryRate: 0.25,
        failingTask: 'validate.rows',
        tags: ['flaky'],
        error: simpleError(
          'billing/contract_import.v2.py',
          'validate.rows',
          'pandera.errors.SchemaError',
          "column 'valid_to' not in dataframe",
        ),
      },
    ),
    dag(
      anchor,
      'old_invoice_archive',
      'billing',
      cron('0 1 * * *', 'At 01:00'),
      chain(['pack', 'ship']),
      { pausedSince: midnight - 20 * DAY, tags: ['deprecated'] },
    ),
  ];
}

function platform(anchor: number, midnight: number): DagDefinition[] {
  const huge = Array.from({ length: 300 }, (_, i) => {
    const layer = Math.floor(i / 20);
    const above = layer === 0 ? [] : [`layer_${layer - 1}.model_${i - 20}`];
    return task(`layer_${layer}.model_${i}`, above, {
      seconds: 30 + (i % 7) * 5,
      queue: 'dbt',
    });
  });
  return [
    dag(
      anchor,
      'dbt_warehouse',
      'platform',
      cron('30 3 * * *', 'At 03:30', BERLIN),
      huge,
      {
        description: '300 models in 15 layers',
        tags: ['dbt'],
        retryRate: 0.2,
        // Since two days ago it takes far longer than it used to.
        slowdowns: [{ from: midnight - 2 * DAY, factor: 2.4 }],
      },
    ),
    dag(
      anchor,
      'hundred_thousand_lines',
      'platform',
      BY_HAND,
      [
        task('chatter', [], { seconds: 120, logLines: 100_000 }),
        task('quiet', ['chatter']),
      ],
      { description: 'One task writes 100,000 lines of log', tags: ['demo'] },
    ),
    dag(
      anchor,
      'huge_log',
      'platform',
      BY_HAND,
      [task('flood', [], { seconds: 240, logLines: 1_000_000 })],
      { description: 'A log of about 100 MB', tags: ['demo'] },
    ),
    dag(
      anchor,
      'mapped_images',
      'platform',
      cron('45 */6 * * *', 'At 45 minutes past the hour, every 6 hours'),
      [
        task('list_images', [], { seconds: 10 }),
        task('resize', ['list_images'], {
          mapped: 2000,
          seconds: 900,
          pool: 'images',
        }),
        task('summary', ['resize'], { triggerRule: 'none_failed' }),
      ],
      { failureRate: 0.2, failingTask: 'resize', tags: ['mapped'] },
    ),
    dag(anchor, 'branching', 'platform', cron('@daily', 'At 00:00'), [
      task('choose', [], {
        operator: '_BranchPythonDecoratedOperator',
        seconds: 2,
        ...TELLING,
      }),
      task('weekday', ['choose'], EMPTY),
      task('weekend', ['choose'], { ...EMPTY, triggerRule: 'one_failed' }),
      task('join', ['weekday', 'weekend'], {
        ...EMPTY,
        triggerRule: 'none_failed_min_one_success',
      }),
    ]),
    dag(
      anchor,
      'params_of_every_kind',
      'platform',
      BY_HAND,
      chain(['show_params']),
      {
        params: everyKindOfParam(),
        description: 'A form with every kind of param',
      },
    ),
    dag(
      anchor,
      'backup_metadata',
      'platform',
      cron('10 0 * * *', 'At 00:10'),
      chain(['dump', 'encrypt', 'upload'], { seconds: 300 }),
      { tags: ['backup', 'tier:2'] },
    ),
    dag(
      anchor,
      'airflow_monitoring',
      'platform',
      cron('*/10 * * * *', 'Every 10 minutes'),
      chain(['echo'], {
        operator: 'BashOperator',
        module: 'airflow.operators.bash',
        seconds: 4,
      }),
      { failureRate: 0, retryRate: 0 },
    ),
    dag(
      anchor,
      'legacy_ftp_pull',
      'platform',
      cron('0 6 * * *', 'At 06:00'),
      chain(['pull', 'unpack']),
      { stale: true, pausedSince: midnight - 40 * DAY },
    ),
  ];
}

/** The oldest and busiest cluster: Airflow 2.11.2. */
export function prodEu(anchor: number): ClusterDefinition {
  const midnight = Math.floor(anchor / DAY) * DAY;
  const hour = Math.floor(anchor / HOUR) * HOUR;
  return {
    name: 'prod-eu',
    version: '2.11.2',
    reachable: true,
    dataIntervals: true,
    dagsFolder: '/opt/airflow/dags',
    dags: [
      ...payments(anchor, hour - 2 * HOUR),
      ...billing(anchor, midnight),
      ...platform(anchor, midnight),
    ].sort((a, b) => (a.dagId < b.dagId ? -1 : 1)),
    pools: pools(
      ['db_1', 4, 'Connections to db-1'],
      ['images', 16, 'CPU of the image workers'],
    ),
    importErrors: [
      {
        relativeFile: 'billing/voucher_report.py',
        timestamp: midnight - 3 * HOUR,
        stackTrace:
          'Traceback (most recent call last):\n  File "/opt/airflow/dags/billing/voucher_report.py", line 7, in <module>\n    from billing.lib.vouchers import load_vouchers\nModuleNotFoundError: No module named \'billing.lib.vouchers\'\n',
      },
    ],
    dagWarnings: [
      {
        dagId: 'mapped_images',
        warningType: 'non-existent pool',
        message:
          "Dag 'mapped_images' references non-existent pools: ['images_gpu']",
        timestamp: midnight,
      },
    ],
    outages: [
      {
        from: midnight - 2 * DAY + HOUR,
        to: midnight - 2 * DAY + 3 * HOUR + 20 * MINUTE,
        effect: 'delay',
        error: CLUSTER_OUTAGE,
      },
    ],
  };
}
