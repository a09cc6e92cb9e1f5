import {
  countTaskStates,
  isUnfinished,
  type TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Switch, Text } from '@backstage/ui';
import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { z } from 'zod';
import { useTaskInstances, type RunName } from '../../data/useRuns';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import type { RunPanelProps } from '../runChoice';
import { TaskDrawer } from '../taskDrawer';
import { TaskControls, TaskLegend, TaskView, useIdSet } from '../taskViews';
import styles from './gantt.module.css';
import { GanttChart } from './GanttChart';
import { ganttRange, ganttRows } from './ganttRows';
import { MOST_RETRIED, retriedOf, useEarlierTries } from './useEarlierTries';

const ganttQuery = z.object({
  tries: z.literal('all').optional(),
  task: z.string().optional(),
});

/** The tasks of a run over time: how long each waited and took. */
export function GanttPanel({ name, run, choice }: RunPanelProps) {
  const named = { ...name, runId: run.runId };
  const goesOn = isUnfinished(run.state);
  const { data, isPending, error, refetch } = useTaskInstances(named, run);
  return (
    <TaskView kind="gantt-panel">
      {isPending && <Loading what="the tasks" />}
      {error && (
        <ErrorPanel
          title="The tasks could not be loaded"
          error={error}
          onRetry={() => refetch()}
        />
      )}
      {data && (
        <Gantt
          run={named}
          instances={data.items}
          goesOn={goesOn}
          choice={choice}
        />
      )}
    </TaskView>
  );
}

function Gantt(props: {
  run: RunName;
  instances: readonly TaskInstance[];
  goesOn: boolean;
  choice: ReactNode;
}) {
  const { run, instances, goesOn, choice } = props;
  const [query, change] = useUrlQuery(ganttQuery);
  const { ids: unfolded, toggle: onFold } = useIdSet();
  const retried = useMemo(() => retriedOf(instances), [instances]);
  const { tries, error } = useEarlierTries(run, query.tries ? retried : []);
  const now = useNow(goesOn);
  const rows = useMemo(
    () => ganttRows(instances, unfolded, tries),
    [instances, unfolded, tries],
  );
  const range = ganttRange(rows, now);
  const onOpen = useCallback((task: string) => change({ task }), [change]);
  const onClose = useCallback(() => change({ task: null }), [change]);
  return (
    <>
      <TaskControls>
        {choice && <div data-widest>{choice}</div>}
        {retried.length > 0 && (
          <Switch
            label={triesText(retried.length)}
            isSelected={query.tries === 'all'}
            onChange={isOn => change({ tries: isOn ? 'all' : null })}
            data-kind="tries-switch"
          />
        )}
      </TaskControls>
      {error && (
        <Text as="p" color="danger" role="status">
          Not all earlier tries could be loaded: {error.message}
        </Text>
      )}
      {range ? (
        <GanttChart {...{ run, rows, range, now, onFold, onOpen }} />
      ) : (
        <Empty>Nothing of this run has begun yet.</Empty>
      )}
      <TaskLegend>
        <span>
          <i className={styles.waitSign} /> waited in the queue
        </span>
        <span>A number in brackets counts the instances of a mapped task.</span>
      </TaskLegend>
      <Chosen {...{ run, instances, onClose }} />
    </>
  );
}

function triesText(count: number): string {
  return count > MOST_RETRIED
    ? `Earlier tries of ${MOST_RETRIED} of ${count} tasks`
    : `Earlier tries (${count} ${count === 1 ? 'task' : 'tasks'})`;
}

/** The drawer of the task that was clicked, which is in the address. */
function Chosen(props: {
  run: RunName;
  instances: readonly TaskInstance[];
  onClose: () => void;
}) {
  const { run, instances, onClose } = props;
  const [{ task: taskId }] = useUrlQuery(ganttQuery);
  const own = instances.filter(one => one.taskId === taskId);
  if (taskId === undefined || own.length === 0) return null;
  const isMapped = own.some(({ mapIndex }) => mapIndex >= 0);
  return (
    <TaskDrawer
      run={run}
      taskId={taskId}
      counts={isMapped ? countTaskStates(own) : null}
      onClose={onClose}
    />
  );
}

/** The time, which goes on as long as something does. */
function useNow(goesOn: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!goesOn) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 2_000);
    return () => clearInterval(timer);
  }, [goesOn]);
  return now;
}
