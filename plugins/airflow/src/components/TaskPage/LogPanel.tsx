import {
  airflowEndpoints,
  logLevels,
  type LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useApi } from '@backstage/core-plugin-api';
import { Button, SearchField, Select, Switch, Text } from '@backstage/ui';
import { useEffect, useMemo, useState } from 'react';
import { airflowApiRef } from '../../api';
import type { TaskName } from '../../hooks/useRuns';
import { Empty, ErrorPanel, Loading } from '../feedback';
import { findRows, firstErrorRow, visibleRows } from './logRows';
import { LogView } from './LogView';
import styles from './LogView.module.css';
import { MOST_ENTRIES, useTaskLog } from './useTaskLog';

/** While a task runs, its log is read again this often. */
const FOLLOW_MS = 4_000;

/** The log of one attempt, with what is needed to read it. */
export function LogPanel(props: {
  name: TaskName;
  tryNumber: number;
  isRunning: boolean;
}) {
  const { name, tryNumber, isRunning } = props;
  const [follows, setFollows] = useState(isRunning);
  const [reading, setReading] = useState(0);
  const log = useTaskLog(name, tryNumber, reading);
  const [lowest, setLowest] = useState<LogLevel>('debug');
  const [wraps, setWraps] = useState(false);
  const [text, setText] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const [target, setTarget] = useState<{ row: number } | null>(null);

  const rows = useMemo(
    () => visibleRows(log.entries, { lowest, toggled }),
    [log.entries, lowest, toggled],
  );
  const hits = useMemo(() => findRows(rows, text), [rows, text]);
  const errorRow = useMemo(() => firstErrorRow(rows), [rows]);

  useEffect(() => {
    if (!follows || !isRunning) return undefined;
    const timer = setInterval(() => setReading(nr => nr + 1), FOLLOW_MS);
    return () => clearInterval(timer);
  }, [follows, isRunning]);
  useEffect(() => {
    if (!isRunning) setReading(nr => nr + 1);
  }, [isRunning]);
  useEffect(() => {
    // The first error is what a reader came for; it is brought into view once.
    if (errorRow >= 0) setTarget(before => before ?? { row: errorRow });
  }, [errorRow]);

  const jump = (step: 1 | -1) => {
    if (hits.length === 0) return;
    const from = target?.row ?? -1;
    const next =
      step === 1
        ? hits.find(row => row > from) ?? hits[0]
        : hits.findLast(row => row < from) ?? hits[hits.length - 1];
    setTarget({ row: next });
  };
  const toggle = (nr: number) =>
    setToggled(before => {
      const after = new Set(before);
      if (!after.delete(nr)) after.add(nr);
      return after;
    });

  return (
    <section className={styles.panel} aria-label="Log" data-kind="task-log">
      <div className={styles.tools}>
        <SearchField
          label="Search"
          size="small"
          value={text}
          onChange={wanted => {
            setText(wanted);
            const [first] = findRows(rows, wanted);
            if (first !== undefined) setTarget({ row: first });
          }}
          onSubmit={() => jump(1)}
          data-kind="log-search"
        />
        {text !== '' && (
          <>
            <Text variant="body-small" role="status" data-kind="log-hits">
              {hits.length} found
            </Text>
            <Button size="small" variant="secondary" onPress={() => jump(-1)}>
              Previous
            </Button>
            <Button size="small" variant="secondary" onPress={() => jump(1)}>
              Next
            </Button>
          </>
        )}
        <Select
          label="Level"
          size="small"
          options={logLevels.map(level => ({
            value: level,
            label: level === 'debug' ? 'all' : `${level} and worse`,
          }))}
          value={lowest}
          onChange={key =>
            setLowest(logLevels.find(level => level === key) ?? 'debug')
          }
          data-kind="log-level"
        />
        {errorRow >= 0 && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setTarget({ row: errorRow })}
            data-kind="log-first-error"
          >
            First error
          </Button>
        )}
        <Switch
          label="wrap"
          isSelected={wraps}
          onChange={setWraps}
          data-kind="log-wrap"
        />
        {isRunning && (
          <Switch
            label="follow"
            isSelected={follows}
            onChange={setFollows}
            data-kind="log-follow"
          />
        )}
        <DownloadButton name={name} tryNumber={tryNumber} />
      </div>
      {log.error && (
        <ErrorPanel
          title="The log could not be read"
          error={log.error}
          onRetry={() => setReading(nr => nr + 1)}
        />
      )}
      {log.isCut && (
        <Text as="p" color="warning" data-kind="log-cut">
          Only the first {MOST_ENTRIES.toLocaleString()} lines are shown;
          download the log to have all of it.
        </Text>
      )}
      {log.isLoading && rows.length === 0 && <Loading what="the log" />}
      {!log.isLoading && !log.error && rows.length === 0 && (
        <Empty>There is no line to show at this level.</Empty>
      )}
      {rows.length > 0 && (
        <LogView
          rows={rows}
          marked={text}
          wraps={wraps}
          target={target}
          follows={follows && isRunning}
          onToggle={toggle}
        />
      )}
      <Text variant="body-small" color="secondary" role="status">
        {log.entries.length.toLocaleString()} lines
        {log.isLoading ? ' so far …' : ''}
      </Text>
    </section>
  );
}

/** Fetches with the reader's own sign-in, which a plain link would lack. */
function DownloadButton(props: { name: TaskName; tryNumber: number }) {
  const { name, tryNumber } = props;
  const api = useApi(airflowApiRef);
  const [error, setError] = useState<Error | null>(null);
  const [isPending, setIsPending] = useState(false);
  const { mapIndex, ...params } = name;
  const save = async () => {
    setIsPending(true);
    setError(null);
    try {
      const file = await api.download(airflowEndpoints.streamTaskLog, {
        params,
        query: { mapIndex, try: tryNumber, format: 'text' },
      });
      const address = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = address;
      link.download = `${name.dagId}.${name.taskId}.${tryNumber}.log`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error('It failed'));
    } finally {
      setIsPending(false);
    }
  };
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        isPending={isPending}
        onPress={save}
        data-kind="log-download"
      >
        Download
      </Button>
      {error && (
        <Text color="danger" role="alert">
          {error.message}
        </Text>
      )}
    </>
  );
}
