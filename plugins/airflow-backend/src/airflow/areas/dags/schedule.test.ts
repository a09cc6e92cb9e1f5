import { dagBody } from './v1';

/** As Airflow 2.11.2 tells it of a DAG. */
const dag = (interval: object | null, description = '') => ({
  dag_id: 'd',
  is_paused: false,
  tags: [],
  owners: ['o'],
  schedule_interval: interval,
  timetable_description: description,
});

const delta = (days: number, seconds: number, microseconds = 0) => ({
  __type: 'TimeDelta',
  days,
  seconds,
  microseconds,
});

describe('a schedule of Airflow 2', () => {
  it.each<[string, object | null, string, string | null]>([
    [
      'a cron',
      { __type: 'CronExpression', value: '30 3 * * *' },
      'cron',
      '30 3 * * *',
    ],
    ['hours', delta(0, 25_200), 'interval', '7:00:00'],
    ['a day and some', delta(1, 27_000), 'interval', '1 day, 7:30:00'],
    ['days', delta(3, 0), 'interval', '3 days, 0:00:00'],
    ['parts of a second', delta(0, 1, 500_000), 'interval', '0:00:01.500000'],
    ['parts of a second alone', delta(0, 0, 250), 'interval', '0:00:00.000250'],
    [
      'a month',
      { __type: 'RelativeDelta', months: 1, days: 0, leapdays: 0, year: null },
      'interval',
      'relativedelta(months=+1)',
    ],
    [
      'the first day of a month',
      { __type: 'RelativeDelta', months: 1, day: 1 },
      'interval',
      'relativedelta(months=+1, day=1)',
    ],
    ['none', null, 'none', null],
  ])('that is %s loses no part', (_what, interval, kind, expression) => {
    expect(dagBody.parse(dag(interval)).schedule).toMatchObject({
      kind,
      expression,
    });
  });
});
