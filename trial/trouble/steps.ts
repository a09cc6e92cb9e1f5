import type { AlertRuleType } from '@airflow-fleet/backstage-plugin-airflow-common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Airflow } from './Airflow';
import type { DagFiles } from './DagFiles';

/** A notice that somebody must get of each cluster. */
export interface Expected {
  notice: 'fired' | 'resolved';
  rule: AlertRuleType;
  /** A DAG, a file or a component; the cluster itself when left out. */
  about?: string;
}

/** What is done to both Airflows at once, and what must be told of it. */
export interface Step {
  what: string;
  /** To what both share. */
  files?(files: DagFiles): Promise<void>;
  /** To each of them. */
  each?(airflow: Airflow): Promise<void>;
  /** Nothing, unless it says so. */
  tells?: Expected[];
  /** What is so only where the machine is slow, and may be told. */
  mayTell?: AlertRuleType[];
  /** For so long it is looked whether anything else is told, in seconds. */
  quiet?: number;
}

/** A run that ends well or badly, is marked, overtaken, deleted, cleared. */
const runs: Step[] = [
  {
    what: 'a run fails',
    each: async airflow => {
      await airflow.trigger('trial_marked', 'fails', { conf: { fail: true } });
      await airflow.untilState('trial_marked', 'fails', 'failed');
    },
    tells: [{ notice: 'fired', rule: 'run-failed', about: 'trial_marked' }],
  },
  {
    what: 'somebody marks it a success in Airflow',
    each: airflow => airflow.mark('trial_marked', 'fails', 'success'),
    tells: [{ notice: 'resolved', rule: 'run-failed', about: 'trial_marked' }],
  },
  {
    what: 'a run that takes long is overtaken by one that fails',
    each: async airflow => {
      await airflow.trigger('trial_overtaken', 'long', { conf: { sleep: 60 } });
      await airflow.trigger('trial_overtaken', 'overtakes', {
        conf: { fail: true },
      });
      await airflow.untilState('trial_overtaken', 'overtakes', 'failed');
    },
    tells: [{ notice: 'fired', rule: 'run-failed', about: 'trial_overtaken' }],
  },
  {
    what: 'the one that takes long succeeds, which repairs nothing',
    each: airflow => airflow.untilState('trial_overtaken', 'long', 'success'),
    quiet: 20,
  },
  {
    what: 'the run that failed is deleted in Airflow',
    each: airflow => airflow.deleteRun('trial_overtaken', 'overtakes'),
    tells: [
      { notice: 'resolved', rule: 'run-failed', about: 'trial_overtaken' },
    ],
  },
  {
    what: 'a run fails that would succeed at a second try',
    each: async airflow => {
      await airflow.trigger('trial_cleared', 'twice', {
        conf: { failFirst: true },
      });
      await airflow.untilState('trial_cleared', 'twice', 'failed');
    },
    tells: [{ notice: 'fired', rule: 'run-failed', about: 'trial_cleared' }],
  },
  {
    what: 'it is cleared in Airflow and succeeds',
    each: async airflow => {
      await airflow.clear('trial_cleared', 'twice');
      await airflow.untilState('trial_cleared', 'twice', 'success');
    },
    tells: [{ notice: 'resolved', rule: 'run-failed', about: 'trial_cleared' }],
  },
  {
    what: 'old days are filled in',
    each: airflow =>
      airflow.fillIn('trial_daily', [
        '2026-03-03T00:00:00Z',
        '2026-03-04T00:00:00Z',
      ]),
    quiet: 30,
  },
];

/** Files that break, go and come back; a schedule that changes; a pause. */
const files: Step[] = [
  {
    what: 'the file of two DAGs is broken',
    files: dagFiles => dagFiles.break('trial_pair.py'),
    tells: [{ notice: 'fired', rule: 'import-error', about: 'trial_pair.py' }],
  },
  {
    what: 'it is mended',
    files: dagFiles => dagFiles.mend('trial_pair.py'),
    tells: [
      { notice: 'resolved', rule: 'import-error', about: 'trial_pair.py' },
    ],
  },
  {
    what: 'the file of a DAG is removed',
    files: dagFiles => dagFiles.remove('trial_removed.py'),
    tells: [{ notice: 'fired', rule: 'dag-vanished', about: 'trial_removed' }],
  },
  {
    what: 'it is back',
    files: dagFiles => dagFiles.mend('trial_removed.py'),
    tells: [
      { notice: 'resolved', rule: 'dag-vanished', about: 'trial_removed' },
    ],
  },
  {
    what: 'a DAG is paused in Airflow for some runs',
    each: async airflow => {
      await airflow.setPaused('trial_moved', true);
      await sleep(150_000);
    },
  },
  {
    what: 'it is unpaused',
    each: airflow => airflow.setPaused('trial_moved', false),
    quiet: 20,
  },
  {
    what: 'its schedule is changed',
    files: dagFiles =>
      dagFiles.change('trial_moved.py', '"* * * * *"', '"0 4 * * *"'),
    quiet: 100,
  },
  {
    what: 'the DAG processor is started anew',
    each: async airflow => {
      await airflow.process('stop', 'dag-processor');
      await airflow.process('start', 'dag-processor');
    },
    quiet: 30,
  },
];

/** Processes that end or stand still, and clocks that are off. */
const processes: Step[] = [
  {
    what: 'the web server stands still for 20 s',
    each: async airflow => {
      await airflow.process('freeze', 'web');
      await sleep(20_000);
      await airflow.process('thaw', 'web');
    },
    quiet: 20,
  },
  {
    what: 'the web server is stopped',
    each: airflow => airflow.process('stop', 'web'),
    tells: [{ notice: 'fired', rule: 'cluster-unreachable' }],
  },
  {
    what: 'it is started',
    each: airflow => airflow.process('start', 'web'),
    tells: [{ notice: 'resolved', rule: 'cluster-unreachable' }],
  },
  {
    what: 'the scheduler is stopped',
    each: airflow => airflow.process('stop', 'scheduler'),
    tells: [
      { notice: 'fired', rule: 'component-unhealthy', about: 'scheduler' },
    ],
    quiet: 60,
  },
  {
    what: 'it is started',
    each: airflow => airflow.process('start', 'scheduler'),
    tells: [
      { notice: 'resolved', rule: 'component-unhealthy', about: 'scheduler' },
    ],
    quiet: 60,
  },
];

/**
 * The clock of the machine on which an Airflow runs, which is started anew with it: that may take a minute. Whether
 * a run is due Airflow asks its database, whose clock stays right; so while its own is ahead, runs come later by as much
 * than it announces them, and longer than the grace of this trial.
 */
const clocks: Step[] = [
  {
    what: 'its clock is five minutes behind',
    each: airflow => airflow.moveClock(-300),
    tells: [{ notice: 'fired', rule: 'clock-skew' }],
    mayTell: ['cluster-unreachable'],
    quiet: 60,
  },
  {
    what: 'its clock is right again',
    each: airflow => airflow.moveClock(0),
    tells: [{ notice: 'resolved', rule: 'clock-skew' }],
    mayTell: ['cluster-unreachable'],
    quiet: 30,
  },
  {
    what: 'its clock is five minutes ahead',
    each: airflow => airflow.moveClock(300),
    tells: [{ notice: 'fired', rule: 'clock-skew' }],
    mayTell: ['cluster-unreachable', 'run-missed'],
    quiet: 60,
  },
  {
    what: 'its scheduler is killed, its clock right once more, and a run waits',
    each: async airflow => {
      await airflow.process('kill', 'scheduler');
      await airflow.moveClock(0);
      await airflow.trigger('trial_marked', 'waits');
    },
    tells: [
      { notice: 'fired', rule: 'component-unhealthy', about: 'scheduler' },
      { notice: 'resolved', rule: 'clock-skew' },
    ],
    mayTell: ['cluster-unreachable', 'run-missed'],
  },
  {
    what: 'the scheduler is started',
    each: airflow => airflow.process('start', 'scheduler'),
    tells: [
      { notice: 'resolved', rule: 'component-unhealthy', about: 'scheduler' },
    ],
    mayTell: ['cluster-unreachable', 'run-missed'],
    quiet: 60,
  },
];

/** Everything that befalls both Airflows, in this order. */
const parts = { runs, files, processes, clocks };

/** The steps of the parts that are named, or of all. */
export function stepsOf(named: readonly string[]): Step[] {
  return Object.entries(parts).flatMap(([name, steps]) =>
    named.length === 0 || named.includes(name) ? steps : [],
  );
}
