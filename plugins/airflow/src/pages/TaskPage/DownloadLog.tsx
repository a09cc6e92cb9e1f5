import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Text } from '@backstage/ui';
import { useState } from 'react';
import { airflowApiRef } from '../../data/api';
import type { TaskName } from '../../data/useRuns';

/** Saves the whole log, fetched with the reader's own sign-in, which a plain link would lack. */
export function DownloadLog(props: { name: TaskName; tryNumber: number }) {
  const { name, tryNumber } = props;
  const api = useApi(airflowApiRef);
  const [error, setError] = useState<Error | null>(null);
  const [isPending, setIsPending] = useState(false);
  const { mapIndex, ...params } = name;
  const save = async () => {
    setIsPending(true);
    setError(null);
    try {
      // The browser keeps a large one on its disk.
      const file = await api.download(airflowEndpoints.streamTaskLog, {
        params,
        query: { mapIndex, try: tryNumber, format: 'text' },
      });
      const address = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = address;
      link.download = `${name.dagId}.${name.taskId}.${tryNumber}.log`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error('It failed'));
    } finally {
      setIsPending(false);
    }
  };
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        isPending={isPending}
        onPress={save}
        data-kind="log-download"
      >
        Download
      </Button>
      {error && (
        <Text color="danger" role="alert">
          {error.message}
        </Text>
      )}
    </>
  );
}
