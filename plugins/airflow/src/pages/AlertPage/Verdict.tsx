import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Blind, refName } from '../../features/alerts';
import { Moment } from '../../ui/time';
import styles from './AlertPage.module.css';

/** What was seen against what the rule asks for, who has it, and what ended it. */
export function Verdict({ alert }: { alert: Alert }) {
  const { acknowledged, resolution, status } = alert;
  return (
    <div className={styles.verdict} data-kind="alert-verdict">
      <dl>
        <div>
          <dt>Observed</dt>
          <dd data-kind="alert-observed">{alert.observed}</dd>
        </div>
        <div>
          <dt>Expected</dt>
          <dd data-kind="alert-expected">{alert.expected}</dd>
        </div>
      </dl>
      {status === 'pending' && (
        <p>
          Not true for as long as the rule requires yet, so nobody has been
          notified.
        </p>
      )}
      <Blind alert={alert} />
      {acknowledged && (
        <p data-kind="alert-holder">
          <strong>{refName(acknowledged.by)}</strong> has it,{' '}
          <Moment at={acknowledged.at} />
          {acknowledged.note && <>: {acknowledged.note}</>}
        </p>
      )}
      {resolution && status === 'resolved' && (
        <p data-kind="alert-resolution">
          {resolution.kind === 'proof' ? (
            <>
              Proven right again: {resolution.text},{' '}
              <Moment at={resolution.at} />
            </>
          ) : (
            <>
              Closed by hand by <strong>{refName(resolution.by)}</strong>,{' '}
              <Moment at={resolution.at} />: {resolution.reason}
            </>
          )}
        </p>
      )}
    </div>
  );
}
