import {
  logLevels,
  type LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, Select, Switch, Text } from '@backstage/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TaskName } from '../../data/useRuns';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { DownloadLog } from './DownloadLog';
import { findRows, firstErrorRow, placesOf, visibleRows } from './logRows';
import { LogSearch } from './LogSearch';
import { LogView } from './LogView';
import styles from './LogView.module.css';
import { useLogWrap } from './useLogWrap';
import { useTaskLog } from './useTaskLog';

/** The log of one attempt, with what is needed to read it. */
export function LogPanel(props: {
  name: TaskName;
  tryNumber: number;
  isRunning: boolean;
  /** The line to begin at; where none is asked for, the first error. */
  line: number | undefined;
  /** The reader went back in it, so that it has to stay. */
  onStay: () => void;
}) {
  const { name, tryNumber, isRunning, line, onStay } = props;
  // Until the reader says otherwise, what is running is followed; a task may well be opened before it runs.
  const [choice, setChoice] = useState<boolean>();
  const follows = isRunning && (choice ?? line === undefined);
  const [reading, setReading] = useState(0);
  const log = useTaskLog(name, tryNumber, {
    goesOn: isRunning,
    follows,
    reading,
  });
  const [lowest, setLowest] = useState<LogLevel>('debug');
  const [wraps, setWraps] = useLogWrap();
  const [text, setText] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const [target, setTarget] = useState<{ row: number } | null>(null);

  const rows = useMemo(
    () => visibleRows(log.entries, { lowest, toggled, wanted: text }),
    [log.entries, lowest, toggled, text],
  );
  const hits = useMemo(() => findRows(rows, text), [rows, text]);
  const errorRow = useMemo(() => firstErrorRow(rows), [rows]);
  const lines = useMemo(
    () => log.entries.reduce((sum, entry) => sum + placesOf(entry), 0),
    [log.entries],
  );

  const startRow = useMemo(
    () =>
      line === undefined ? errorRow : rows.findIndex(row => row.nr >= line),
    [line, errorRow, rows],
  );
  const hasStarted = useRef(false);
  useEffect(() => {
    // What a reader came for is brought into view once; who follows came for the end.
    if (hasStarted.current || (!follows && startRow < 0)) return;
    hasStarted.current = true;
    if (!follows) setTarget({ row: startRow });
  }, [follows, startRow]);
  const goTo = (row: number) => {
    setChoice(false);
    setTarget({ row });
  };
  const search = (wanted: string) => {
    setText(wanted);
    const found = visibleRows(log.entries, { lowest, toggled, wanted });
    const [first] = findRows(found, wanted);
    if (first !== undefined) goTo(first);
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
        <LogSearch
          text={text}
          hits={hits}
          at={target?.row ?? -1}
          onText={search}
          onGo={goTo}
        />
        <LevelChoice lowest={lowest} onChange={setLowest} />
        {errorRow >= 0 && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => goTo(errorRow)}
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
            onChange={setChoice}
            data-kind="log-follow"
          />
        )}
        <DownloadLog name={name} tryNumber={tryNumber} />
      </div>
      {log.error && (
        <ErrorPanel
          title="The log could not be read"
          error={log.error}
          onRetry={() => setReading(nr => nr + 1)}
        />
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
          follows={follows}
          onBack={() => {
            setChoice(false);
            onStay();
          }}
          onToggle={toggle}
        />
      )}
      <Text
        variant="body-small"
        color="secondary"
        role="status"
        data-kind="log-length"
      >
        {lines.toLocaleString()} lines{log.isLoading ? ' so far …' : ''}
      </Text>
    </section>
  );
}

function LevelChoice(props: {
  lowest: LogLevel;
  onChange: (lowest: LogLevel) => void;
}) {
  return (
    <Select
      aria-label="Level"
      size="small"
      options={logLevels.map(level => ({
        value: level,
        label: level === 'debug' ? 'all levels' : `${level} and worse`,
      }))}
      value={props.lowest}
      onChange={key =>
        props.onChange(logLevels.find(level => level === key) ?? 'debug')
      }
      data-kind="log-level"
    />
  );
}
