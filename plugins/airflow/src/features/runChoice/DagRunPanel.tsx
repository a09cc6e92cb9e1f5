import type { ComponentType, ReactNode } from 'react';
import type { DagName } from '../../data/useDag';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { RunChoice } from './RunChoice';
import { useChosenRun, type ShownRun } from './useChosenRun';

/** What shows one run of a DAG, on the page of the run or on that of the DAG. */
export interface RunPanelProps {
  name: DagName;
  run: ShownRun;
  /** With which the reader chooses another run. */
  choice?: ReactNode;
}

/** On the page of a DAG, shows the run that the reader chooses. */
export function DagRunPanel(props: {
  name: DagName;
  Panel: ComponentType<RunPanelProps>;
}) {
  const { name, Panel } = props;
  const { runs, run, choose, isPending, error, retry } = useChosenRun(name);
  if (isPending) return <Loading what="the runs" />;
  if (error) {
    return (
      <ErrorPanel
        title="The runs could not be loaded"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!run) {
    return <Empty>No runs yet, as far as the portal has read.</Empty>;
  }
  return (
    <Panel
      name={name}
      run={run}
      choice={<RunChoice runs={runs} chosen={run.runId} onChange={choose} />}
    />
  );
}
