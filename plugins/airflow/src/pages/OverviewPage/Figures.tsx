import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { useOverview } from '../../data/useOverview';
import styles from './OverviewPage.module.css';

/** The state of the fleet in five figures. */
export function Figures(props: {
  overview: NonNullable<ReturnType<typeof useOverview>['data']>;
  clusters: readonly Cluster[] | undefined;
}) {
  const { overview, clusters } = props;
  const { runs, failingTotal, recoveredTotal } = overview;
  const finished = runs.success + runs.failed;
  const well = clusters?.filter(({ status }) => status === 'healthy').length;
  return (
    <ul className={styles.figures} aria-label="The fleet in figures">
      <Figure
        value={String(failingTotal)}
        text={failingTotal === 1 ? 'failing DAG' : 'failing DAGs'}
        isBad={failingTotal > 0}
      />
      <Figure value={String(recoveredTotal)} text="recovered" />
      {clusters && (
        <Figure
          value={`${well} of ${clusters.length}`}
          text="clusters healthy"
          isBad={well !== clusters.length}
        />
      )}
      <Figure
        value={finished.toLocaleString()}
        text={
          finished > 0
            ? `runs, ${((runs.success / finished) * 100).toFixed(
                1,
              )} % succeeded`
            : 'runs'
        }
      />
      <Figure
        value={String(runs.running + runs.queued)}
        text="running or queued"
      />
    </ul>
  );
}

function Figure(props: { value: string; text: string; isBad?: boolean }) {
  const { value, text, isBad = false } = props;
  return (
    <li data-kind="figure" data-bad={isBad}>
      <strong>{value}</strong> {text}
    </li>
  );
}
