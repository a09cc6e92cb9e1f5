import type {
  DagPresence,
  Presence,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Moment } from '../time';

/** How presence is told without colour. */
const looks: Record<DagPresence, string> = {
  listed: '● listed',
  broken: '✖ broken',
  unparsed: '? not parsed',
  doubted: '? in doubt',
  vanished: '− vanished',
  deleted: '− deleted',
};

/** The name of a presence, with its glyph. */
export function presenceWord(state: DagPresence): string {
  return looks[state];
}

/** Whether Airflow still has a DAG, since when it is so, and why. */
export function PresenceMark({ presence }: { presence: Presence }) {
  const { state, since, reason } = presence;
  return (
    <span data-kind="presence" data-presence={state}>
      {presenceWord(state)}
      {since !== null && (
        <>
          {' '}
          since <Moment at={since} />
        </>
      )}
      {reason !== null && `: ${reason}`}
    </span>
  );
}
