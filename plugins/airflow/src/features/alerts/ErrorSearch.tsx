import type {
  Alert,
  AlertExplanation,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** What is said of an error that is not there. */
export const explanationWords: Record<
  Exclude<AlertExplanation['state'], 'found'>,
  string
> = {
  looking: '◌ Its error is being looked for',
  none: '− No error is known',
  unreadable: '✖ Its error could not be read',
};

/** That the error of an alert is not known yet, or cannot be; nothing when it is shown. */
export function ErrorSearch({ alert }: { alert: Alert }) {
  const { explanation, failure, status } = alert;
  if (!explanation || explanation.state === 'found') return null;
  if (failure?.exception || status === 'resolved') return null;
  return (
    <small title={explanation.because ?? undefined} data-kind="alert-search">
      {explanationWords[explanation.state]}
    </small>
  );
}
