import type {
  CalendarCell,
  RunStatistics,
  TaskStatistics,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

const count = z.number().int().nonnegative();

const ms = z.number().nonnegative().nullable();

/** Reads a `RunStatistics`. @public */
export const runStatisticsSchema: Schema<RunStatistics> = schemaOf(
  z.object({
    days: z.number().int().positive(),
    runs: count,
    success: count,
    failed: count,
    medianMs: ms,
    p95Ms: ms,
    queuedMs: ms,
  }),
);

/** Reads a `TaskStatistics`. @public */
export const taskStatisticsSchema: Schema<TaskStatistics> = schemaOf(
  z.object({
    taskId: z.string(),
    instances: count,
    success: count,
    failed: count,
    retried: count,
    medianMs: ms,
    p95Ms: ms,
    queuedMs: ms,
  }),
);

/** Reads a `CalendarCell`. @public */
export const calendarCellSchema: Schema<CalendarCell> = schemaOf(
  z.object({
    startsAt: instantSchema,
    success: count,
    failed: count,
    unfinished: count,
  }),
);
