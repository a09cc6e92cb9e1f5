import type { Dag } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Combobox } from '@backstage/ui';
import { useState } from 'react';
import { useAction } from '../../data/useAction';
import { useOwnerSearch } from '../../data/useOwnerSearch';
import { ErrorPanel } from '../../ui/feedback';
import { ActionDialog, Says } from '../actions/dialog';

/** Chooses an owner among the groups and users of the catalog, or goes back to what is found out. */
export function SetOwnerDialog(props: { dag: Dag; onClose: () => void }) {
  const { dag, onClose } = props;
  const { cluster, dagId } = dag;
  const [owner, setOwner] = useState<string | null>(null);
  const setDagOwner = useAction(airflowEndpoints.setDagOwner, {
    waitsForReading: true,
  });
  const setTo = (wanted: string | null) => async (reason?: string) => {
    await setDagOwner.mutateAsync({
      params: { cluster, dagId },
      query: {},
      body: { owner: wanted, ...(reason && { reason }) },
    });
    return null;
  };
  return (
    <ActionDialog
      action="set-owner"
      clusters={[cluster]}
      title={`Who owns ${dag.displayName}?`}
      verb="Set owner"
      isReady={owner !== null}
      reasonField={{ kept: 'Kept in the audit log', maxLength: 500 }}
      onConfirm={setTo(owner)}
      instead={
        dag.owner?.source === 'portal'
          ? {
              verb: 'Back to automatic',
              kind: 'set-owner-automatic',
              onConfirm: setTo(null),
            }
          : undefined
      }
      onClose={onClose}
    >
      <Says>
        Whoever is set here hears of its alerts and finds it among what is
        theirs, whatever the catalog, tags and Airflow say.
      </Says>
      <OwnerField onChange={setOwner} />
    </ActionDialog>
  );
}

function OwnerField(props: { onChange: (ref: string | null) => void }) {
  const [text, setText] = useState('');
  const found = useOwnerSearch(text);
  return (
    <>
      <Combobox
        label="Group or user"
        placeholder="Type a name"
        isRequired
        options={(found.data ?? []).map(({ ref, name }) => ({
          id: ref,
          label: name,
          description: ref,
        }))}
        search={{ mode: 'server', inputValue: text, onInputChange: setText }}
        onChange={key => props.onChange(key === null ? null : String(key))}
        data-kind="set-owner-ref"
      />
      {found.error && (
        <ErrorPanel
          title="The catalog could not be searched"
          error={found.error}
          onRetry={() => found.refetch()}
        />
      )}
    </>
  );
}
