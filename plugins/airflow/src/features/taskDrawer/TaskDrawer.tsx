import type { TaskCounts } from '@airflow-fleet/backstage-plugin-airflow-common';
import { ButtonIcon, Text } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useTaskTries, type RunName, type TaskName } from '../../data/useRuns';
import { useTaskError } from '../../data/useTask';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ErrorPanel, Loading } from '../../ui/feedback';
import { Facts } from '../../ui/layout';
import { StateChip, TaskCountList } from '../../ui/state';
import { durationText, Elapsed, Moment } from '../../ui/time';
import { ClearButton, TaskMenu } from '../actions';
import { HowFarRead, TaskErrorText } from '../taskError';
import styles from './taskDrawer.module.css';

/**
 * What there is to know of a task in a run, beside the grid or graph that it was chosen in, which stays at hand.
 */
export function TaskDrawer(props: {
  run: RunName;
  taskId: string;
  /** Instances by state when it is mapped. */
  counts: TaskCounts | null;
  onClose: () => void;
}) {
  const { run, taskId, counts, onClose } = props;
  return (
    <Drawer title={taskId} onClose={onClose}>
      {counts ? (
        <MappedTask run={run} taskId={taskId} counts={counts} />
      ) : (
        <PlainTask run={run} taskId={taskId} />
      )}
    </Drawer>
  );
}

/** A panel at the side, which takes the focus when it opens and ends with Escape. */
export function Drawer(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, onClose, children } = props;
  const id = useId();
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    frame.current?.focus();
    return () => {
      // Back to what was chosen, unless the reader went on elsewhere.
      const isHere = document.activeElement === document.body;
      if (isHere && before instanceof HTMLElement) before.focus();
    };
  }, [title]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside
      ref={frame}
      className={styles.drawer}
      aria-labelledby={id}
      tabIndex={-1}
      data-kind="task-drawer"
    >
      <div className={styles.head}>
        <Text as="h2" variant="title-x-small" id={id}>
          {title}
        </Text>
        <ButtonIcon
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label="Close"
          onPress={onClose}
        />
      </div>
      {children}
    </aside>
  );
}

function MappedTask(props: {
  run: RunName;
  taskId: string;
  counts: TaskCounts;
}) {
  const { run, taskId, counts } = props;
  const whole = { taskId, mapIndex: null };
  const paths = useAirflowPaths();
  return (
    <>
      <RunLine run={run} />
      <TaskCountList counts={counts} />
      <div className={styles.actions}>
        <Link to={paths.task({ ...run, taskId, mapIndex: -1 })}>
          All its instances
        </Link>
        <ClearButton name={run} task={whole} />
        <TaskMenu run={run} instance={whole} />
      </div>
    </>
  );
}

function PlainTask({ run, taskId }: { run: RunName; taskId: string }) {
  const name = { ...run, taskId, mapIndex: -1 };
  const tries = useTaskTries(name);
  const paths = useAirflowPaths();
  if (tries.isPending) return <Loading what="the task" rows={5} />;
  if (!tries.data) {
    return (
      <ErrorPanel
        title="The task could not be loaded"
        error={tries.error}
        onRetry={() => tries.refetch()}
      />
    );
  }
  const { instance, items } = tries.data;
  const { state, startedAt, endedAt, queuedAt, tryNumber } = instance;
  const waitedMs =
    queuedAt && startedAt ? Date.parse(startedAt) - Date.parse(queuedAt) : -1;
  const moment = (at: string | null) => at && <Moment at={at} />;
  return (
    <>
      <RunLine run={run} />
      <div>
        <StateChip state={state} />{' '}
        {tryNumber > 1 && `in attempt ${tryNumber} of ${instance.maxTries + 1}`}
      </div>
      {instance.note && (
        <p className={styles.note} data-kind="task-note">
          {instance.note}
        </p>
      )}
      <div className={styles.actions}>
        <Link to={paths.task(name, tryNumber > 0 ? tryNumber : undefined)}>
          {tryNumber > 0 ? 'Read its log' : 'Open it'}
        </Link>
        <ClearButton name={run} task={name} />
        <TaskMenu run={run} instance={instance} />
      </div>
      {state === 'failed' && <Failure name={name} tryNumber={tryNumber} />}
      <Facts
        facts={[
          ['Started', moment(startedAt)],
          ['Ended', moment(endedAt)],
          [
            'Took',
            <Elapsed
              startedAt={startedAt}
              durationMs={instance.durationMs}
              goesOn={state === 'running'}
            />,
          ],
          [
            'Waited in the queue',
            waitedMs >= 0 ? durationText(waitedMs) : null,
          ],
          ['Try', `${tryNumber} of ${instance.maxTries + 1}`],
          ['Operator', instance.operator],
          ['Pool', instance.pool],
          ['Queue', instance.queue],
          ['Host', instance.hostname],
        ]}
      />
      {items.length > 1 && (
        <ol className={styles.tries} aria-label="Tries">
          {items.map(item => (
            <li key={item.tryNumber}>
              <Link to={paths.task(name, item.tryNumber)}>
                Try {item.tryNumber}
              </Link>{' '}
              <StateChip state={item.state} />{' '}
              {item.durationMs !== null && durationText(item.durationMs)}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** The last of what its log tells, enough to know whether to read it. */
function Failure(props: { name: TaskName; tryNumber: number }) {
  const { data } = useTaskError(props.name, props.tryNumber);
  if (!data) return null;
  return (
    <>
      <TaskErrorText error={data} lines={6} />
      <HowFarRead error={data} />
    </>
  );
}

function RunLine({ run }: { run: RunName }) {
  const paths = useAirflowPaths();
  return (
    <div className={styles.run}>
      in run <Link to={paths.run(run)}>{run.runId}</Link>
    </div>
  );
}
