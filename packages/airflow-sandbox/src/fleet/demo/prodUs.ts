import { DAY, HOUR } from '../../simulation/cron';
import { BY_HAND, chain, cron, dag, pools, task } from '../builders';
import { CLUSTER_OUTAGE, databaseRefused, simpleError } from '../errors';
import { ClusterDefinition, DagDefinition } from '../types';
import { everyKindOfParam } from './params';
import { TELLING } from './telling';

const NEW_YORK = 'America/New_York';
const HITL = {
  operator: 'ApprovalOperator',
  module: 'airflow.providers.standard.operators.hitl',
};

function crm(anchor: number, hour: number): DagDefinition[] {
  return [
    dag(
      anchor,
      'sync_crm',
      'crm',
      cron('10,40 * * * *', 'At 10 and 40 minutes past the hour'),
      [
        task('list_accounts', [], { seconds: 20 }),
        task('pull', ['list_accounts'], {
          mapped: 8,
          seconds: 120,
          pool: 'crm_api',
        }),
        task('merge', ['pull'], { seconds: 40 }),
        task('push', ['merge'], {
          seconds: 30,
          outlets: ['s3://crm/accounts'],
        }),
      ],
      {
        description: 'Accounts between CRM and warehouse',
        versions: 2,
        tags: ['critical'],
        failingTask: 'merge',
        // Failed once, recovered with the next run.
        incidents: [
          {
            from: hour - HOUR,
            to: hour - HOUR + 20 * 60_000,
            taskId: 'merge',
            error: simpleError(
              'crm/sync_crm.py',
              'merge',
              'KeyError',
              "'account_id'",
            ),
          },
        ],
      },
    ),
    dag(
      anchor,
      'crm_dedupe',
      'crm',
      cron('0 5 * * *', 'At 05:00', NEW_YORK),
      chain(['load', 'block', 'score', 'merge'], { seconds: 150 }),
    ),
    dag(
      anchor,
      'crm_accounts_mart',
      'crm',
      { kind: 'assets', uris: ['s3://crm/accounts'] },
      chain(['build', 'publish'], { seconds: 35 }),
    ),
    dag(
      anchor,
      'lead_scoring',
      'crm',
      cron('0 */2 * * *', 'At 0 minutes past the hour, every 2 hours'),
      chain(['features', 'predict', 'write_back'], { seconds: 110 }),
      {
        failureRate: 0.1,
        retryRate: 0.2,
        failingTask: 'predict',
        tags: ['ml', 'flaky'],
      },
    ),
    dag(
      anchor,
      'newsletter_optouts',
      'crm',
      cron('5 * * * *', 'At 5 minutes past the hour'),
      chain(['pull', 'apply']),
    ),
    dag(
      anchor,
      'orders_replica_us',
      'crm',
      cron('25 * * * *', 'At 25 minutes past the hour'),
      chain(['extract', 'load'], { seconds: 40 }),
      {
        failingTask: 'extract',
        tags: ['orders'],
        incidents: [
          {
            from: hour - 2 * HOUR,
            taskId: 'extract',
            error: databaseRefused('crm/orders_replica_us.py', 'extract'),
          },
        ],
      },
    ),
  ];
}

function risk(anchor: number, midnight: number): DagDefinition[] {
  return [
    dag(
      anchor,
      'risk_scores',
      'risk',
      cron('30 2 * * *', 'At 02:30', NEW_YORK),
      [
        task('load_positions', [], { seconds: 200 }),
        task('simulate', ['load_positions'], {
          mapped: 50,
          seconds: 1200,
          pool: 'simulations',
        }),
        task('aggregate', ['simulate'], { seconds: 90 }),
        task('check.totals', ['aggregate'], { seconds: 10 }),
        task('check.limits', ['aggregate'], { seconds: 25 }),
        task('publish', ['check.totals', 'check.limits'], {
          seconds: 20,
          outlets: ['s3://risk/scores'],
        }),
      ],
      {
        description: 'Nightly value at risk',
        docMd:
          'Fires at **02:30 New York**, also on the nights when clocks change.',
        tags: ['critical', 'tier:1'],
      },
    ),
    dag(
      anchor,
      'limit_changes',
      'risk',
      cron('0 8 * * *', 'At 08:00', NEW_YORK),
      [
        task('propose', [], { seconds: 60 }),
        task('approve', ['propose'], {
          ...HITL,
          seconds: 5,
          retries: 0,
          hitl: {
            subject: 'Approve the new limits?',
            body: 'Three desks exceed **90 %** of their limit.',
            options: ['Approve', 'Reject'],
            pendingFrom: anchor - 30 * HOUR,
          },
        }),
        task('apply', ['approve'], { seconds: 30 }),
      ],
      { tags: ['hitl'], description: 'Waits for a person every day' },
    ),
    dag(
      anchor,
      'stress_test',
      'risk',
      cron('0 22 * * 5', 'At 22:00, only on Friday', NEW_YORK),
      chain(['scenarios', 'run', 'report'], { seconds: 1800 }),
    ),
    dag(
      anchor,
      'fraud_features',
      'risk',
      cron('*/15 * * * *', 'Every 15 minutes'),
      chain(['window', 'compute', 'store'], { seconds: 60 }),
      { failureRate: 0.02 },
    ),
    dag(
      anchor,
      'sanctions_list',
      'risk',
      { kind: 'interval', seconds: 6 * 3600 },
      chain(['download', 'diff', 'load']),
    ),
    dag(
      anchor,
      'model_backtest',
      'risk',
      BY_HAND,
      chain(['prepare', 'backtest', 'compare'], { seconds: 600 }),
      { params: everyKindOfParam() },
    ),
    dag(
      anchor,
      'old_export',
      'risk',
      cron('30 3 * * *', 'At 03:30', 'Europe/Berlin'),
      chain(['export', 'upload']),
      { pausedSince: midnight - 9 * DAY, tags: ['deprecated'] },
    ),
    dag(
      anchor,
      'risques_déclarés',
      'risk',
      cron('0 7 * * 1', 'At 07:00, only on Monday', 'Europe/Paris'),
      chain(['lire', 'déclarer']),
      { displayName: 'Risques déclarés à l’autorité' },
    ),
  ];
}

function marketing(anchor: number): DagDefinition[] {
  return [
    dag(
      anchor,
      'campaign_spend',
      'marketing',
      cron('0 6 * * *', 'At 06:00', NEW_YORK),
      chain(['google', 'meta', 'join', 'publish'], { seconds: 130 }),
    ),
    dag(
      anchor,
      'attribution',
      'marketing',
      cron('0 9 * * *', 'At 09:00', NEW_YORK),
      chain(['sessions', 'attribute', 'publish'], { seconds: 400 }),
      { slowdowns: [{ from: anchor - 26 * HOUR, factor: 3 }] },
    ),
    dag(anchor, 'web_sessions', 'marketing', cron('@hourly', 'Every hour'), [
      task('read', [], { seconds: 90, ...TELLING }),
      task('sessionize', ['read'], { seconds: 90 }),
      task('write', ['sessionize'], { seconds: 90 }),
    ]),
    dag(
      anchor,
      'ab_tests',
      'marketing',
      cron('0 12 * * 1-5', 'At 12:00, Monday through Friday', NEW_YORK),
      chain(['collect', 'evaluate', 'mail']),
    ),
    dag(
      anchor,
      'price_feed',
      'marketing',
      { kind: 'continuous', seconds: 1200 },
      chain(['wait', 'publish'], { seconds: 300 }),
      { maxActiveRuns: 1 },
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
      { tags: ['demo'] },
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
      'work_days_report',
      'platform',
      {
        kind: 'cron',
        expression: '0 18 * * 1-5',
        timezone: NEW_YORK,
        description: 'After each workday',
        timetable: 'AfterWorkdayTimetable',
      },
      chain(['report']),
    ),
    dag(
      anchor,
      'metadata_cleanup',
      'platform',
      cron('0 1 * * 0', 'At 01:00, only on Sunday'),
      chain(['archive', 'delete'], { seconds: 500 }),
    ),
  ];
}

/** The newest cluster: Airflow 3.3.2. */
export function prodUs(anchor: number): ClusterDefinition {
  const midnight = Math.floor(anchor / DAY) * DAY;
  const hour = Math.floor(anchor / HOUR) * HOUR;
  return {
    name: 'prod-us',
    version: '3.3.2',
    reachable: true,
    dataIntervals: false,
    dagsFolder: '/opt/airflow/dags',
    dags: [
      ...crm(anchor, hour),
      ...risk(anchor, midnight),
      ...marketing(anchor),
    ].sort((a, b) => (a.dagId < b.dagId ? -1 : 1)),
    pools: pools(
      ['crm_api', 5, 'Calls to the CRM at a time'],
      ['simulations', 32, 'Simulation workers'],
    ),
    importErrors: [
      {
        relativeFile: 'marketing/influencer_costs.py',
        timestamp: midnight - 30 * HOUR,
        stackTrace:
          'Traceback (most recent call last):\n  File "/opt/airflow/dags/marketing/influencer_costs.py", line 19\n    def costs(:\n              ^\nSyntaxError: invalid syntax\n',
      },
    ],
    dagWarnings: [],
    outages: [
      {
        from: midnight - 2 * DAY + 5 * HOUR,
        to: midnight - 2 * DAY + 6 * HOUR,
        effect: 'fail',
        error: CLUSTER_OUTAGE,
      },
    ],
  };
}
