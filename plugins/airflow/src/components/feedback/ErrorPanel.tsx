import { Alert, Button } from '@backstage/ui';
import { AirflowApiError } from '../../api';

/** Says what failed, on which cluster and what to do about it, and offers to try again. */
export function ErrorPanel(props: {
  title: string;
  error: Error;
  onRetry?: () => void;
}) {
  const { error, onRetry } = props;
  const problem = error instanceof AirflowApiError ? error.problem : undefined;
  const description = [error.message, problem?.hint].filter(Boolean).join(' ');
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
