import type { AlertEvent } from '@airflow-fleet/backstage-plugin-airflow-common';
import { refName } from '../../features/alerts';
import { Empty } from '../../ui/feedback';
import { Moment } from '../../ui/time';
import styles from './AlertPage.module.css';

/** How each entry is told without colour. */
const glyphs: Record<AlertEvent['kind'], string> = {
  noticed: '◌',
  fired: '●',
  worse: '▲',
  acknowledged: '◐',
  inhibited: '⤵',
  released: '⤴',
  presence: '?',
  resolved: '✔',
  reopened: '↻',
  flapping: '⇄',
  waits: '◷',
  explained: '❡',
  'passed-on': '⇥',
  sent: '✉',
  'not-sent': '✖',
};

/** What happened to an alert, newest first. */
export function Timeline(props: { events: readonly AlertEvent[] }) {
  // Turned round first, because what happened at one moment keeps its order.
  const newestFirst = [...props.events]
    .reverse()
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (newestFirst.length === 0) return <Empty>Nothing has happened yet.</Empty>;
  return (
    <ol className={styles.timeline}>
      {newestFirst.map((event, index) => (
        <li key={index} data-kind="alert-event" data-event={event.kind}>
          <span aria-hidden="true">{glyphs[event.kind]}</span>
          <span>
            {event.text}{' '}
            <small>
              {event.by && (
                <span title={event.by}>by {refName(event.by)}, </span>
              )}
              <Moment at={event.at} />
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
}
