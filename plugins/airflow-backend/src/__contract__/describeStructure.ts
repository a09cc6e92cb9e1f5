import { dagStructureSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { structures } from '../airflow/areas/structures';
import type { Askers } from './askers';

/** What every Airflow tells of the tasks of a DAG, whichever its version. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeStructure(on: Askers): void {
  const structureOf = (dagId: string, asker = on.client) =>
    asker.ask(structures, area => area.of(dagId));

  it('lists the tasks of a DAG, each after those that it waits for', async () => {
    const { dagId, first, second } = on.target.dags.waits;
    const structure = await structureOf(dagId, on.reader);
    expect(dagStructureSchema.parse(structure)).toEqual(structure);
    const tasks = new Map(structure.tasks.map(task => [task.taskId, task]));
    expect(tasks.get(second)).toMatchObject({
      upstream: [first],
      triggerRule: 'all_success',
      isMapped: false,
      operator: expect.stringMatching(/./),
    });
    expect(tasks.get(first)?.downstream).toContain(second);
    const places = new Map([...tasks.keys()].map((id, at) => [id, at]));
    const late = structure.tasks.filter(({ taskId, upstream }) =>
      upstream.some(id => (places.get(id) ?? 0) > (places.get(taskId) ?? 0)),
    );
    expect(late).toEqual([]);
  });

  it('tells which task is mapped, and which are in a group', async () => {
    const { dagId, taskId } = on.target.dags.mapped;
    const mapped = await structureOf(dagId);
    expect(mapped.tasks.find(task => task.taskId === taskId)).toMatchObject({
      isMapped: true,
    });
    const grouped = await structureOf(on.target.dags.grouped.dagId);
    const { groupId } = on.target.dags.grouped;
    expect(grouped.groups).toContainEqual({
      groupId,
      label: groupId,
      parentId: null,
    });
    const inside = grouped.tasks.filter(task => task.groupId === groupId);
    expect(inside.length).toBeGreaterThan(1);
    expect(
      inside.filter(task => task.taskId !== `${groupId}.${task.label}`),
    ).toEqual([]);
  });

  it('says when there is no such DAG', async () => {
    await expect(structureOf('no.such')).rejects.toMatchObject({
      code: 'airflow-not-found',
      httpStatus: 404,
    });
  });
}
