import {
  airflowAlertAcknowledgePermission,
  airflowAlertResolvePermission,
  airflowEndpoints,
  type Alert,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useState } from 'react';
import { useDeed } from '../../hooks/useDeed';
import { useMayActOnSome } from '../../hooks/useMay';
import { ActionDialog } from './ActionDialog';
import { Outcomes, type Result } from './Outcomes';
import styles from './alerts.module.css';

/** Takes or closes alerts, one or many, and tells what became of each. */
export function AlertActions(props: {
  alerts: readonly Alert[];
  onDone?: () => void;
}) {
  const { alerts, onDone } = props;
  const [result, setResult] = useState<Result | null>(null);
  const acknowledge = useDeed(airflowEndpoints.acknowledgeAlerts, {
    waitsForReading: true,
  });
  const resolve = useDeed(airflowEndpoints.resolveAlerts, {
    waitsForReading: true,
  });
  const ids = alerts.map(({ id }) => id);
  const mayTake = useMayActOnSome(airflowAlertAcknowledgePermission, ids);
  const mayClose = useMayActOnSome(airflowAlertResolvePermission, ids);
  const told = (deed: string, { items }: Pick<Result, 'items'>) => {
    setResult({ deed, items, alerts });
    onDone?.();
  };
  return (
    <>
      <div className={styles.actions}>
        <ActionDialog
          kind="alert-acknowledge"
          deed="Acknowledge"
          alerts={alerts}
          mayDo={mayTake}
          says="Others see that you have it. Until it is resolved, nobody is told of it again."
          field={{ label: 'Note', least: 0 }}
          onConfirm={async note =>
            told(
              'acknowledged',
              await acknowledge.mutateAsync({
                params: {},
                query: {},
                body: { ids, ...(note && { note }) },
              }),
            )
          }
        />
        <ActionDialog
          kind="alert-resolve"
          deed="Resolve"
          alerts={alerts}
          mayDo={mayClose}
          says="It is closed without proof, and comes back only when something new goes wrong."
          field={{ label: 'Reason', least: 3 }}
          onConfirm={async reason =>
            told(
              'resolved',
              await resolve.mutateAsync({
                params: {},
                query: {},
                body: { ids, reason },
              }),
            )
          }
        />
      </div>
      {result && <Outcomes result={result} onClose={() => setResult(null)} />}
    </>
  );
}
