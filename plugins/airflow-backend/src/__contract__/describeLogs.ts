import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import { logEntrySchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { taskLogs } from '../airflow/areas/taskLogs';
import { health } from '../airflow/areas/health';
import type { Askers } from './askers';
import { failedTask, missing, newestRun } from './found';

/** How every Airflow’s logs are read. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeLogs(on: Askers): void {
  it('reads a log as entries of one shape, with the traceback as errors', async () => {
    const ref = await failedTask(on);
    const entries: LogEntry[] = [];
    for await (const entry of on.client.read(taskLogs, area =>
      area.read(ref, ref.tries),
    )) {
      entries.push(logEntrySchema.parse(entry));
    }
    const lines = entries.flatMap(entry =>
      entry.kind === 'line' ? [entry] : [],
    );
    const errors = lines
      .filter(({ level }) => level === 'error')
      .map(({ text }) => text);
    expect(errors).toContain('Traceback (most recent call last):');
    expect(errors).toContainEqual(
      expect.stringMatching(/^\s+File ".+", line \d+, in \w+/),
    );
    expect(errors).toContainEqual(expect.stringMatching(/^[\w.]*Error: /));
    expect(lines.some(({ time }) => time !== null)).toBe(true);
    expect(lines.filter(({ text }) => text.includes('group::'))).toEqual([]);
    await expect(
      on.client
        .read(taskLogs, area => area.read({ ...ref, taskId: 'none' }, 1))
        .next(),
    ).rejects.toMatchObject(missing);
  });

  it('streams a log of 100,000 lines with its groups', async () => {
    const { dagId, taskId } = on.target.dags.bigLog;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const counts = {
      line: 0,
      'group-start': 0,
      'group-end': 0,
      notice: 0,
      gap: 0,
    };
    const ref = { dagId, runId, taskId, mapIndex: -1 };
    for await (const { kind } of on.client.read(taskLogs, area =>
      area.read(ref, 1),
    ))
      counts[kind] += 1;
    expect(counts.line).toBeGreaterThanOrEqual(100_000);
    expect(counts['group-start']).toBe(counts['group-end']);
    expect(counts['group-start']).toBeGreaterThan(0);
  });

  it('ends a stream that its on.reader leaves', async () => {
    const { dagId, taskId } = on.target.dags.bigLog;
    const { runId } = await newestRun(on.client, dagId, 'success');
    const ref = { dagId, runId, taskId, mapIndex: -1 };
    for await (const entry of on.client.read(taskLogs, area =>
      area.read(ref, 1),
    )) {
      expect(logEntrySchema.safeParse(entry).success).toBe(true);
      break;
    }
    expect(
      (await on.client.ask(health, area => area.components())).length,
    ).toBe(4);
  });
}
