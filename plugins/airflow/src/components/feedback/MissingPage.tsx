import { Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { AirflowApiError } from '../../api';

/** Says exactly what is missing, and the way back. */
export function MissingPage(props: {
  error: AirflowApiError;
  back: { to: string; text: string };
}) {
  const { error, back } = props;
  return (
    <div data-kind="missing-page" role="alert">
      <Text as="h2" variant="title-small">
        {error.message}
      </Text>
      <Text as="p" variant="body-medium" color="secondary">
        {error.problem.hint}
      </Text>
      <Link to={back.to}>{back.text}</Link>
    </div>
  );
}

/** True for an answer that says that a thing does not exist. */
export function isMissing(error: Error | null): error is AirflowApiError {
  return error instanceof AirflowApiError && error.status === 404;
}
