import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Select } from '@backstage/ui';
import { DateTime } from 'luxon';
import { stateGlyphs, stateWord } from '../../ui/state';

/** Chooses one of a DAG's runs. */
export function RunChoice(props: {
  /** Newest first. */
  runs: readonly DagRun[];
  chosen: string;
  onChange: (runId: string) => void;
}) {
  const { runs, chosen, onChange } = props;
  const known = runs.some(({ runId }) => runId === chosen);
  return (
    <Select
      label="Run"
      size="small"
      searchable
      options={[
        ...(known ? [] : [{ value: chosen, label: chosen }]),
        ...runs.map(run => ({ value: run.runId, label: words(run) })),
      ]}
      value={chosen}
      onChange={key => onChange(String(key))}
      data-kind="run-choice"
    />
  );
}

function words({ runId, state, runAfter }: DagRun): string {
  const due = DateTime.fromISO(runAfter).toFormat('d LLL HH:mm');
  return `${stateGlyphs[state]} ${due}, ${stateWord(state)} (${runId})`;
}
