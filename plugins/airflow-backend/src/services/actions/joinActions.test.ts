import type {
  Activity,
  PortalAction,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { joinActions } from './joinActions';

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

const action = (
  at: number,
  change: Partial<PortalAction> = {},
): PortalAction => ({
  id: `action-${at}`,
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

describe("the portal's actions beside Airflow's lines", () => {
  it.each<[string, Activity, PortalAction]>([
    ['on Airflow 3', line(100), action(101)],
    [
      'on Airflow 2, which tells no run',
      line(100, { event: 'api.post_dag_run', runId: null }),
      action(101),
    ],
    [
      'for a DAG as a whole',
      line(100, { event: 'api.patch_dag', runId: null }),
      action(130, { event: 'dag-pause', runId: null }),
    ],
    [
      'for tasks that are cleared',
      line(100, { event: 'post_clear_task_instances', runId: null }),
      action(41, { event: 'task-clear', taskId: 'load' }),
    ],
    [
      'for a run that is marked',
      line(100, { event: 'patch_dag_run' }),
      action(100, { event: 'run-mark' }),
    ],
  ])('are told once %s', (_, one, other) => {
    expect(ids(joinActions([one], [other], () => true))).toEqual([
      [one.id, other.id],
    ]);
  });

  it.each<[string, Activity, PortalAction]>([
    ['of another DAG', line(100, { dagId: 'other' }), action(100)],
    ['of another run', line(100, { runId: 'r2' }), action(100)],
    ['of another kind', line(100, { event: 'patch_dag' }), action(100)],
    ['more than a minute apart', line(100), action(161)],
    ['that failed', line(100), action(100, { error: 'refused' })],
  ])('are told apart when %s', (_, one, other) => {
    const joined = joinActions([one], [other], () => true);
    expect(ids(joined)).toEqual(
      expect.arrayContaining([
        [one.id, null],
        [`portal-${other.id}`, other.id],
      ]),
    );
  });

  it('pair each line with the nearest, and each once', () => {
    const lines = [line(110), line(100)].map(one => ({ ...one, runId: null }));
    const actions = [action(112), action(101), action(90)];
    expect(ids(joinActions(lines, actions, () => true))).toEqual([
      ['line-110', 'action-112'],
      ['line-100', 'action-101'],
      ['portal-action-90', 'action-90'],
    ]);
  });
});
