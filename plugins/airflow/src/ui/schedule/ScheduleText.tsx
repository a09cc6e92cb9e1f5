import type {
  DagZone,
  Schedule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { zoneWords } from '../time';
import { scheduleWords } from './scheduleWords';

/** When a DAG runs, in words; on hover as its author wrote it, and in which zone that is meant. */
export function ScheduleText(props: {
  schedule: Schedule;
  zone: DagZone | null;
}) {
  const { schedule, zone } = props;
  const words = scheduleWords(schedule);
  const { expression } = schedule;
  const title = [
    expression !== words && expression,
    zone && `in ${zoneWords(zone)}`,
  ].filter(Boolean);
  return (
    <span title={title.join('\n') || undefined} data-kind="schedule">
      {words}
    </span>
  );
}
