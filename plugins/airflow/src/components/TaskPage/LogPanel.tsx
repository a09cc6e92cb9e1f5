import {
  logLevels,
  type LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, Select, Switch, Text } from '@backstage/ui';
import { useEffect, useMemo, useState } from 'react';
import type { TaskName } from '../../hooks/useRuns';
import { Empty, ErrorPanel, Loading } from '../feedback';
import { DownloadLog } from './DownloadLog';
import { findRows, firstErrorRow, placesOf, visibleRows } from './logRows';
import { LogSearch } from './LogSearch';
import { LogView } from './LogView';
import styles from './LogView.module.css';
import { useTaskLog } from './useTaskLog';

/** The log of one attempt, with what is needed to read it. */
export function LogPanel(props: {
  name: TaskName;
  tryNumber: number;
  isRunning: boolean;
}) {
  const { name, tryNumber, isRunning } = props;
  const [follows, setFollows] = useState(isRunning);
  const [reading, setReading] = useState(0);
  const log = useTaskLog(name, tryNumber, {
    goesOn: isRunning,
    follows,
    reading,
  });
  const [lowest, setLowest] = useState<LogLevel>('debug');
  const [wraps, setWraps] = useState(false);
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

  useEffect(() => {
    // The first error is what a reader came for; it is brought into view once.
    if (errorRow >= 0) setTarget(before => before ?? { row: errorRow });
  }, [errorRow]);
  const search = (wanted: string) => {
    setText(wanted);
    const found = visibleRows(log.entries, { lowest, toggled, wanted });
    const [first] = findRows(found, wanted);
    if (first !== undefined) setTarget({ row: first });
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
          onGo={row => setTarget({ row })}
        />
        <LevelChoice lowest={lowest} onChange={setLowest} />
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
          follows={follows && isRunning}
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
      label="Level"
      size="small"
      options={logLevels.map(level => ({
        value: level,
        label: level === 'debug' ? 'all' : `${level} and worse`,
      }))}
      value={props.lowest}
      onChange={key =>
        props.onChange(logLevels.find(level => level === key) ?? 'debug')
      }
      data-kind="log-level"
    />
  );
}
