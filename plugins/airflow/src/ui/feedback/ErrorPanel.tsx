import { Alert, Button } from '@backstage/ui';
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
  onRetry?: () => void;
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
        customActions={
          onRetry ? <Button onPress={onRetry}>Try again</Button> : undefined
        }
      />
    </div>
  );
}
