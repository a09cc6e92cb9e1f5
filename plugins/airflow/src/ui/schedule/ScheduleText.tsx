import type {
  DagZone,
  Schedule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { zoneWords } from '../time';
import { scheduleWords } from './scheduleWords';
import { shortSchedule } from './shortSchedule';

/** When a DAG runs, in words; on hover as its author wrote it, and in which zone that is meant. */
export function ScheduleText(props: {
  schedule: Schedule;
  zone: DagZone | null;
  /** As short as a cell of a table wants it, with the words on hover. */
  isShort?: boolean;
}) {
  const { schedule, zone, isShort = false } = props;
  const words = scheduleWords(schedule);
  const shown = isShort ? shortSchedule(schedule, zone) : words;
  const told = [words, schedule.expression].filter(text => text !== shown);
  const title = [...new Set(told), zone && `in ${zoneWords(zone)}`]
    .filter(Boolean)
    .join('\n');
  return (
    <span title={title || undefined} data-kind="schedule">
      {shown}
    </span>
  );
}
