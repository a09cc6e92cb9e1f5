import { screen } from '@testing-library/react';
import { dagPortal, kinds } from '../../__testUtils__/dagPortal';
import type { Answers } from '../../__testUtils__/fakeApi';

describe('the statistics of a DAG', () => {
  const task = (taskId: string, medianMs: number) => ({
    taskId,
    instances: 4,
    success: 3,
    failed: 1,
    retried: 2,
    medianMs,
    p95Ms: 9_000,
    queuedMs: null,
  });
  const answers: Answers = {
    getRunStatistics: () => ({
      items: [
        {
          days: 7,
          runs: 5,
          success: 3,
          failed: 1,
          medianMs: 61_000,
          p95Ms: null,
          queuedMs: null,
        },
      ],
      storedSince: '2020-01-01T00:00:00.000Z',
    }),
    getTaskStatistics: () => ({
      items: [task('a', 1_000), task('b', 5_000)],
      runs: 4,
      runsThere: 9,
    }),
  };

  it('tell of runs by span, and of tasks over how many runs', async () => {
    dagPortal('?tab=statistics', answers);
    await screen.findByText(/Over the last 4 of 9 runs that ended/);
    expect(kinds('run-statistics-row')[0]).toHaveTextContent(
      '7 days575 %25 %1m 1s––',
    );
    expect(kinds('task-statistics-row')[0]).toHaveTextContent(
      'a475 %25 %50 %1s9s–',
    );
  });

  it('say how much of a span there is data for', async () => {
    const storedSince = new Date(Date.now() - 14.5 * 86_400_000).toISOString();
    const item = {
      runs: 5,
      success: 3,
      failed: 1,
      medianMs: null,
      p95Ms: null,
      queuedMs: null,
    };
    dagPortal('?tab=statistics&days=30', {
      ...answers,
      getRunStatistics: () => ({
        items: [7, 90].map(days => ({ ...item, days })),
        storedSince,
      }),
    });
    await screen.findByText(/Over the last 4 of 9 runs that ended/);
    const [week, quarter] = kinds('run-statistics-row');
    expect(week).not.toHaveTextContent('of data');
    expect(quarter).toHaveTextContent(/^90 days 14 days of data, since /);
    expect(quarter.querySelector('time')).toHaveAttribute(
      'datetime',
      storedSince,
    );
    // Over the tasks too.
    expect(kinds('known-span')).toHaveLength(2);
  });

  it('sort tasks by any column, kept in the address', async () => {
    const { askedOf } = dagPortal(
      '?tab=statistics&days=30&sort=-median',
      answers,
    );
    await screen.findByRole('table', { name: 'Tasks over time' });
    expect(
      kinds('task-statistics-row').map(row => row.getAttribute('data-task')),
    ).toEqual(['b', 'a']);
    expect(askedOf('getTaskStatistics')[0].query).toEqual({ days: 30 });
  });
});
