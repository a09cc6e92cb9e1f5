import type {
  Activity,
  PortalDeed,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { joinDeeds } from './joinDeeds';

const second = (at: number) => new Date(at * 1_000).toISOString();

const line = (at: number, change: Partial<Activity> = {}): Activity => ({
  id: `line-${at}`,
  at: second(at),
  event: 'trigger_dag_run',
  who: 'admin',
  dagId: 'report',
  runId: 'r1',
  taskId: null,
  portal: null,
  ...change,
});

const deed = (at: number, change: Partial<PortalDeed> = {}): PortalDeed => ({
  id: `deed-${at}`,
  at: second(at),
  event: 'dag-trigger',
  who: 'user:default/ada',
  dagId: 'report',
  runId: 'r1',
  taskId: null,
  reason: 'late data',
  error: null,
  ...change,
});

const ids = (lines: Activity[]) =>
  lines.map(({ id, portal }) => [id, portal?.id ?? null]);

describe("the portal's deeds beside Airflow's lines", () => {
  it.each<[string, Activity, PortalDeed]>([
    ['on Airflow 3', line(100), deed(101)],
    [
      'on Airflow 2, which tells no run',
      line(100, { event: 'api.post_dag_run', runId: null }),
      deed(101),
    ],
    [
      'for a DAG as a whole',
      line(100, { event: 'api.patch_dag', runId: null }),
      deed(130, { event: 'dag-pause', runId: null }),
    ],
    [
      'for tasks that are cleared',
      line(100, { event: 'post_clear_task_instances', runId: null }),
      deed(41, { event: 'task-clear', taskId: 'load' }),
    ],
    [
      'for a run that is marked',
      line(100, { event: 'patch_dag_run' }),
      deed(100, { event: 'run-mark' }),
    ],
  ])('are told once %s', (_, one, other) => {
    expect(ids(joinDeeds([one], [other], () => true))).toEqual([
      [one.id, other.id],
    ]);
  });

  it.each<[string, Activity, PortalDeed]>([
    ['of another DAG', line(100, { dagId: 'other' }), deed(100)],
    ['of another run', line(100, { runId: 'r2' }), deed(100)],
    ['of another kind', line(100, { event: 'patch_dag' }), deed(100)],
    ['more than a minute apart', line(100), deed(161)],
    ['that failed', line(100), deed(100, { error: 'refused' })],
  ])('are told apart when %s', (_, one, other) => {
    const joined = joinDeeds([one], [other], () => true);
    expect(ids(joined)).toEqual(
      expect.arrayContaining([
        [one.id, null],
        [`portal-${other.id}`, other.id],
      ]),
    );
  });

  it('pair each line with the nearest, and each once', () => {
    const lines = [line(110), line(100)].map(one => ({ ...one, runId: null }));
    const deeds = [deed(112), deed(101), deed(90)];
    expect(ids(joinDeeds(lines, deeds, () => true))).toEqual([
      ['line-110', 'deed-112'],
      ['line-100', 'deed-101'],
      ['portal-deed-90', 'deed-90'],
    ]);
  });
});
