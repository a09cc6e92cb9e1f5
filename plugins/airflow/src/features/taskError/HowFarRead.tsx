import type { TaskError } from '@airflow-fleet/backstage-plugin-airflow-common';

/** Says where a log was not read to its end, so that more may be in it than is shown. */
export function HowFarRead({
  error,
}: {
  error: Pick<TaskError, 'isWhole' | 'isReading'>;
}) {
  if (error.isReading) {
    return (
      <p role="status" data-kind="error-reading">
        The log is long and still being read; this is what it told so far.
      </p>
    );
  }
  return error.isWhole ? null : (
    <p>
      The log could not be read to its end here, because it is very long or
      broke off; there may be more to it.
    </p>
  );
}
