import {
  airflowAlertAcknowledgePermission,
  airflowAlertResolvePermission,
  type Alert,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useState } from 'react';
import { useAction } from '../../data/useAction';
import { useMayActOnSome } from '../../data/useMay';
import { ActionButton, ActionDialog } from '../actions/dialog';
import styles from './alerts.module.css';
import { AlertsQuestion } from './AlertsQuestion';
import { Outcomes, type Result } from './Outcomes';

/** Takes or closes alerts, one or many, and tells what became of each. */
export function AlertActions(props: {
  alerts: readonly Alert[];
  onDone?: () => void;
}) {
  const { alerts, onDone } = props;
  const [result, setResult] = useState<Result | null>(null);
  const onResult = (done: Result) => {
    setResult(done);
    onDone?.();
  };
  return (
    <>
      <div className={styles.actions}>
        <Acknowledge alerts={alerts} onResult={onResult} />
        <Resolve alerts={alerts} onResult={onResult} />
      </div>
      {result && <Outcomes result={result} onClose={() => setResult(null)} />}
    </>
  );
}

interface AlertAction {
  alerts: readonly Alert[];
  onResult: (result: Result) => void;
}

function Acknowledge({ alerts, onResult }: AlertAction) {
  const acknowledge = useAction(airflowEndpoints.acknowledgeAlerts, {
    waitsForReading: true,
  });
  const ids = alerts.map(({ id }) => id);
  const may = useMayActOnSome(airflowAlertAcknowledgePermission, ids);
  return (
    <ActionButton
      kind="alert-acknowledge"
      text="Acknowledge"
      refusal={refusalOf(ids, may)}
      dialog={onClose => (
        <ActionDialog
          action="alert-acknowledge"
          clusters={clustersOf(alerts)}
          title={`Acknowledge ${countText(alerts)}`}
          verb="Acknowledge"
          reasonField={{ label: 'Note', kept: 'Shown with the alert' }}
          onConfirm={async note => {
            const { items } = await acknowledge.mutateAsync({
              params: {},
              query: {},
              body: { ids, ...(note && { note }) },
            });
            onResult({ action: 'acknowledged', items, alerts });
            return null;
          }}
          onClose={onClose}
        >
          <AlertsQuestion
            alerts={alerts}
            says="Others see that you have it. Nobody is notified of it again until it is resolved."
          />
        </ActionDialog>
      )}
    />
  );
}

function Resolve({ alerts, onResult }: AlertAction) {
  const resolve = useAction(airflowEndpoints.resolveAlerts, {
    waitsForReading: true,
  });
  const ids = alerts.map(({ id }) => id);
  const may = useMayActOnSome(airflowAlertResolvePermission, ids);
  return (
    <ActionButton
      kind="alert-resolve"
      text="Resolve"
      refusal={refusalOf(ids, may)}
      dialog={onClose => (
        <ActionDialog
          action="alert-resolve"
          clusters={clustersOf(alerts)}
          title={`Resolve ${countText(alerts)}`}
          verb="Resolve"
          onConfirm={async (reason = '') => {
            const { items } = await resolve.mutateAsync({
              params: {},
              query: {},
              body: { ids, reason },
            });
            onResult({ action: 'resolved', items, alerts });
            return null;
          }}
          onClose={onClose}
        >
          <AlertsQuestion
            alerts={alerts}
            says="Closes it without proof that it is over. It comes back only if something new goes wrong."
          />
        </ActionDialog>
      )}
    />
  );
}

function refusalOf(ids: readonly string[], may: boolean): string | null {
  if (ids.length === 0) return 'No alert is chosen';
  return may ? null : 'You may not do this to any of them';
}

function clustersOf(alerts: readonly Alert[]): string[] {
  return alerts.map(({ subject }) => subject.cluster);
}

function countText({ length }: readonly Alert[]): string {
  return length === 1 ? '1 alert' : `${length} alerts`;
}
