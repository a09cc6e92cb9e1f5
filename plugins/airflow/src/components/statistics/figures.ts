import type { TaskStatistics } from '@airflow-fleet/backstage-plugin-airflow-common';
import { msText, shareText } from './texts';

/** A column of numbers, and what it says of a row. */
export interface Figure<Row> {
  title: string;
  isNumber: true;
  text: (row: Row) => string;
}

type Ended = Pick<TaskStatistics, 'success' | 'failed'>;
type Timed = Pick<TaskStatistics, 'medianMs' | 'p95Ms' | 'queuedMs'>;

export const successShare: Figure<Ended> = {
  title: 'Success',
  isNumber: true,
  text: ({ success, failed }) => shareText(success, success + failed),
};

export const failureShare: Figure<Ended> = {
  title: 'Failure',
  isNumber: true,
  text: ({ success, failed }) => shareText(failed, success + failed),
};

export const medianDuration: Figure<Timed> = {
  title: 'Median',
  isNumber: true,
  text: ({ medianMs }) => msText(medianMs),
};

export const p95Duration: Figure<Timed> = {
  title: '95 % within',
  isNumber: true,
  text: ({ p95Ms }) => msText(p95Ms),
};

export const queuedDuration: Figure<Timed> = {
  title: 'Queued for',
  isNumber: true,
  text: ({ queuedMs }) => msText(queuedMs),
};
