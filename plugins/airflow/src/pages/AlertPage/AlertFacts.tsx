import {
  alertRuleWords,
  type Alert,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { ownerSourceWords, refName, Where } from '../../features/alerts';
import { NotInCatalog } from '../../features/owner';
import { Facts } from '../../ui/layout';
import { Moment } from '../../ui/time';

/** Where and since when it is, how it was noticed, how fresh that is, and whose it is. */
export function AlertFacts({ alert }: { alert: Alert }) {
  const { owner, noticedAt, firedAt, factsReadAt, reopened, flapping } = alert;
  return (
    <Facts
      facts={[
        ['Where', <Where subject={alert.subject} />],
        ['Since', <Moment at={alert.since} />],
        ['First seen', <Moment at={noticedAt} />],
        ['Fired', firedAt && <Moment at={firedAt} />],
        ['Last seen', <Moment at={alert.lastSeenAt} />],
        ['Facts read', factsReadAt ? <Moment at={factsReadAt} /> : 'never'],
        ['Rule', `${alert.rule} (${alertRuleWords[alert.ruleType]})`],
        [
          'Owner',
          owner ? (
            <>
              <span title={owner.ref} data-kind="alert-owner">
                {refName(owner.ref)} ({ownerSourceWords[owner.source](owner.by)}
                )
              </span>
              <NotInCatalog owner={owner} />
            </>
          ) : (
            'nobody known'
          ),
        ],
        ['Came back', timesOf(reopened)],
        [
          'Flaps',
          flapping && (
            <>
              {flapping.times} times since <Moment at={flapping.since} />
            </>
          ),
        ],
      ]}
    />
  );
}

function timesOf(reopened: number): string | null {
  if (reopened === 0) return null;
  return reopened === 1 ? 'once' : `${reopened} times`;
}
