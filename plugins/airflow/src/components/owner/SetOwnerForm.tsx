import {
  airflowEndpoints,
  type Dag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  Button,
  Combobox,
  DialogBody,
  DialogFooter,
  Flex,
  Text,
  TextField,
} from '@backstage/ui';
import { useState } from 'react';
import { useDeed } from '../../hooks/useDeed';
import { useOwnerSearch } from '../../hooks/useOwnerSearch';
import { ErrorPanel } from '../feedback';

/** Chooses an owner among the groups and users of the catalog, or goes back to what is found out. */
export function SetOwnerForm(props: { dag: Dag; onDone: () => void }) {
  const { dag, onDone } = props;
  const { cluster, dagId } = dag;
  const [owner, setOwner] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const setDagOwner = useDeed(airflowEndpoints.setDagOwner, {
    waitsForReading: true,
  });
  const submit = (wanted: string | null) =>
    setDagOwner.mutate(
      {
        params: { cluster, dagId },
        query: {},
        body: {
          owner: wanted,
          ...(reason.trim() && { reason: reason.trim() }),
        },
      },
      { onSuccess: onDone },
    );
  const isByHand = dag.owner?.source === 'portal';
  return (
    <>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text>
            Whoever is set here hears of its alerts and finds it among what is
            theirs, whatever the catalog, tags and Airflow say.
          </Text>
          <OwnerField onChange={setOwner} />
          <TextField
            label="Reason"
            value={reason}
            onChange={setReason}
            maxLength={500}
            data-kind="set-owner-reason"
          />
          {setDagOwner.error && (
            <ErrorPanel
              title="The owner was not set"
              error={setDagOwner.error}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        {isByHand && (
          <Button
            variant="secondary"
            isDisabled={setDagOwner.isPending}
            onPress={() => submit(null)}
            data-kind="set-owner-automatic"
          >
            Back to automatic
          </Button>
        )}
        <Button
          variant="primary"
          isPending={setDagOwner.isPending}
          isDisabled={owner === null}
          onPress={() => submit(owner)}
          data-kind="set-owner-submit"
        >
          Set owner
        </Button>
      </DialogFooter>
    </>
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
