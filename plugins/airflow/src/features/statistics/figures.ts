import type { TaskStatistics } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Column } from '../../ui/layout';
import { msText, shareText } from './texts';

type Ended = Pick<TaskStatistics, 'success' | 'failed'>;
type Timed = Pick<TaskStatistics, 'medianMs' | 'p95Ms' | 'queuedMs'>;

export const successShare: Column<Ended> = {
  title: 'Success',
  isNumber: true,
  cell: ({ success, failed }) => shareText(success, success + failed),
};

export const failureShare: Column<Ended> = {
  title: 'Failure',
  isNumber: true,
  cell: ({ success, failed }) => shareText(failed, success + failed),
};

export const medianDuration: Column<Timed> = {
  title: 'Median',
  isNumber: true,
  cell: ({ medianMs }) => msText(medianMs),
};

export const p95Duration: Column<Timed> = {
  title: '95 % within',
  isNumber: true,
  cell: ({ p95Ms }) => msText(p95Ms),
};

export const queuedDuration: Column<Timed> = {
  title: 'Queued for',
  isNumber: true,
  cell: ({ queuedMs }) => msText(queuedMs),
};
