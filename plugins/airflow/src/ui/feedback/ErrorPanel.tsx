import { Alert, Button } from '@backstage/ui';
import { useState } from 'react';
import { AirflowApiError } from '../../data/api';
import { useGone } from '../../data/useGone';
import { Empty } from './Empty';
import { isMissing } from './isMissing';
import { NextTry } from './NextTry';
import { problemText } from './problemText';

/** Says what failed, on which cluster and what to do about it, and offers to try again. */
export function ErrorPanel(props: {
  title: string;
  error: Error;
  /** Asks again; the button waits for what it returns. */
  onRetry?: () => unknown;
}) {
  const { error, onRetry } = props;
  const gone = useGone();
  if (gone && isMissing(error)) {
    return (
      <Empty>
        {gone} is gone from Airflow, which alone could tell this. The portal
        stores how runs went, not what is in them.
      </Empty>
    );
  }
  const description =
    error instanceof AirflowApiError ? (
      <>
        {problemText(error.problem)}
        <NextTry problem={error.problem} />
      </>
    ) : (
      error.message
    );
  return (
    <div data-kind="error-panel" role="alert">
      <Alert
        status="danger"
        title={props.title}
        description={description}
        customActions={onRetry ? <RetryButton onRetry={onRetry} /> : undefined}
      />
    </div>
  );
}

function RetryButton({ onRetry }: { onRetry: () => unknown }) {
  const [isTrying, setIsTrying] = useState(false);
  const retry = async () => {
    setIsTrying(true);
    try {
      await onRetry();
    } finally {
      setIsTrying(false);
    }
  };
  return (
    <Button isPending={isTrying} onPress={retry}>
      Try again
    </Button>
  );
}
