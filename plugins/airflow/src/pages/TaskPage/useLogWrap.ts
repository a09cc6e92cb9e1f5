import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';

/** Whether long lines of logs are wrapped: as the reader chose last, and on a phone until then. */
export function useLogWrap(): [boolean, (wraps: boolean) => void] {
  const bucket = useApi(storageApiRef).forBucket('airflow');
  const [wraps, setWraps] = useState(
    () => bucket.snapshot<boolean>('log-wrap').value ?? isPhone(),
  );
  return [
    wraps,
    chosen => {
      setWraps(chosen);
      // Where it cannot be kept, it still holds for this visit.
      bucket.set('log-wrap', chosen).catch(() => undefined);
    },
  ];
}

function isPhone(): boolean {
  return window.matchMedia?.('(max-width: 600px)').matches ?? false;
}
