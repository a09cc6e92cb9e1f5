import {
  aDagOfFacts,
  anAbsentDag,
  aStoredRun,
  readAt,
  theFacts,
} from '../__testUtils__/alerts';
import { importErrorBody } from '../airflow/areas/importErrors/bodies';
import { findAll } from './index';
import type { Rule } from './index';

const rule = (type: 'import-error' | 'run-failed'): Rule => ({
  ...{ name: type, type, severity: 'warning', forMs: 0, scope: {} },
});

describe('what rules find', () => {
  it('is told without the secrets of an import error, and in bounds', () => {
    const read = importErrorBody.parse({
      import_error_id: 1,
      filename: 'orders.py',
      timestamp: readAt,
      stack_trace: `Traceback\nOperationalError: postgres://etl:hunter2@db ${'a.'.repeat(
        4_000_000,
      )}`,
    });
    const facts = theFacts({
      importErrors: [{ cluster: 'prod-eu', ...read }],
      absent: new Map([['orders', anAbsentDag('orders', 'broken')]]),
    });
    const [{ title, observed }] = findAll(facts, [rule('import-error')]);
    expect(observed).toContain('OperationalError: postgres://etl:***@db');
    expect(`${title}${observed}${read.stackTrace}`).not.toContain('hunter2');
    expect(title.length + observed.length).toBeLessThan(2_100);
    expect(read.stackTrace.length).toBeLessThan(17_000);
  });

  it('is told of a DAG by no more of its name than somebody reads', () => {
    const failed = aStoredRun('orders', readAt, {
      state: 'failed',
      endedAt: readAt,
    });
    const facts = theFacts({
      dags: [
        aDagOfFacts('orders', {
          displayName: 'Orders '.repeat(1_000),
          failedRuns: [failed],
          failuresInARow: 1,
          failingSince: readAt,
        }),
      ],
    });
    const [{ title }] = findAll(facts, [rule('run-failed')]);
    expect(title).toMatch(/^Orders .*…$/);
    expect(title.length).toBeLessThan(1_100);
  });
});
