import { DAY, HOUR } from '../../simulation/cron';
import { BY_HAND, chain, cron, dag, pools, task } from '../builders';
import { databaseRefused } from '../errors';
import { ClusterDefinition } from '../types';

const BERLIN = 'Europe/Berlin';

/** Where the next release is tried: Airflow 3.1.8, less tidy than production. */
export function stagingEu(anchor: number): ClusterDefinition {
  const midnight = Math.floor(anchor / DAY) * DAY;
  const hour = Math.floor(anchor / HOUR) * HOUR;
  return {
    name: 'staging-eu',
    version: '3.1.8',
    reachable: true,
    dataIntervals: false,
    dagsFolder: '/opt/airflow/dags',
    dags: [
      dag(
        anchor,
        'load_orders',
        'payments',
        cron('0 * * * *', 'Every hour', BERLIN),
        chain(['extract', 'transform', 'load'], { seconds: 40 }),
        {
          failingTask: 'extract',
          error: databaseRefused('payments/load_orders.py', 'extract'),
          tags: ['orders'],
        },
      ),
      dag(
        anchor,
        'invoice_mail',
        'billing',
        cron('0 2 * * *', 'At 02:00', BERLIN),
        [
          task('collect_invoices'),
          task('render_pdf', ['collect_invoices'], { mapped: 3, seconds: 60 }),
          task('send_mail', ['render_pdf']),
        ],
      ),
      dag(
        anchor,
        'risk_scores',
        'risk',
        cron('30 2 * * *', 'At 02:30', BERLIN),
        chain(['load_positions', 'simulate', 'publish'], { seconds: 300 }),
        { failureRate: 0.3 },
      ),
      dag(
        anchor,
        'sync_crm',
        'crm',
        cron('*/20 * * * *', 'Every 20 minutes'),
        chain(['pull', 'merge', 'push']),
        { failureRate: 0.15, failingTask: 'merge' },
      ),
      dag(
        anchor,
        'campaign_spend',
        'marketing',
        cron('0 6 * * *', 'At 06:00', BERLIN),
        chain(['google', 'meta', 'join']),
        { pausedSince: midnight - 5 * DAY },
      ),
      dag(anchor, 'try_new_operator', 'platform', BY_HAND, chain(['try_it']), {
        failureRate: 0.5,
      }),
      dag(
        anchor,
        'release_smoke_test',
        'platform',
        cron('0 */3 * * *', 'At 0 minutes past the hour, every 3 hours'),
        chain(['deploy', 'probe', 'clean_up'], { seconds: 30 }),
      ),
      dag(
        anchor,
        'orders_mart',
        'payments',
        cron('20 * * * *', 'At 20 minutes past the hour'),
        chain(['build_mart', 'publish']),
      ),
      dag(
        anchor,
        'dunning',
        'billing',
        cron('30 5 * * 1-5', 'At 05:30, Monday through Friday', BERLIN),
        chain(['select_overdue', 'write_letters']),
      ),
      dag(
        anchor,
        'fraud_features',
        'risk',
        cron('*/15 * * * *', 'Every 15 minutes'),
        chain(['window', 'compute']),
        {
          incidents: [
            {
              from: hour - 5 * HOUR,
              to: hour - 3 * HOUR,
              taskId: 'compute',
              error: databaseRefused('risk/fraud_features.py', 'compute'),
            },
          ],
        },
      ),
      dag(
        anchor,
        'limit_changes',
        'risk',
        cron('0 8 * * *', 'At 08:00', BERLIN),
        [
          task('propose'),
          task('approve', ['propose'], {
            operator: 'ApprovalOperator',
            module: 'airflow.providers.standard.operators.hitl',
            retries: 0,
            seconds: 5,
            hitl: {
              subject: 'Approve the new limits?',
              body: 'Staging figures.',
              options: ['Approve', 'Reject'],
              pendingFrom: Infinity,
            },
          }),
          task('apply', ['approve']),
        ],
      ),
      dag(anchor, 'sensor_test', 'platform', cron('0 0 * * *', 'At 00:00'), [
        task('wait_for_file', [], {
          operator: 'FileSensor',
          module: 'airflow.providers.standard.sensors.filesystem',
          seconds: 1800,
          deferrable: true,
        }),
        task('use_file', ['wait_for_file']),
      ]),
    ].sort((a, b) => (a.dagId < b.dagId ? -1 : 1)),
    pools: pools(),
    importErrors: [
      {
        relativeFile: 'platform/half_done.py',
        timestamp: midnight + HOUR,
        stackTrace:
          "Traceback (most recent call last):\n  File \"/opt/airflow/dags/platform/half_done.py\", line 3, in <module>\n    from airflow.sdk import dagg\nImportError: cannot import name 'dagg' from 'airflow.sdk'\n",
      },
      {
        relativeFile: 'crm/experiment.py',
        timestamp: midnight - 4 * DAY,
        stackTrace:
          'airflow.exceptions.AirflowDagCycleException: Cycle detected in Dag: experiment. Faulty task: merge\n',
      },
    ],
    dagWarnings: [],
    outages: [],
  };
}
