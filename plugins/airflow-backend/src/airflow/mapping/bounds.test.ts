import * as v1 from '../areas/dags/v1';
import * as v2 from '../areas/dags/v2';
import { importErrorBody } from '../areas/importErrors/bodies';

const versions = [
  ['v1', v1],
  ['v2', v2],
] as const;

const at = '2026-11-28T17:00:00+00:00';
const huge = 10_000_000;

describe.each(versions)('what %s tells at any length', (_name, bodies) => {
  it.each([
    ['description', 10_100],
    ['dag_display_name', 10_100],
    ['fileloc', 10_100],
    ['timetable_description', 10_100],
  ])('the %s of a DAG is bounded', (field, most) => {
    const dag = bodies.dagBody.parse({
      dag_id: 'orders',
      is_paused: false,
      [field]: 'x'.repeat(huge),
    });
    expect(JSON.stringify(dag).length).toBeLessThan(most + 1_000);
  });

  it('the end of a long text says how much is left out', () => {
    const { description } = bodies.dagBody.parse({
      dag_id: 'orders',
      description: `Orders ${'x'.repeat(9_993)}more`,
    });
    expect(description).toMatch(/^Orders x+ … \(44 more characters\)$/);
  });

  it('tags and owners are bounded', () => {
    const labels = Array.from({ length: 50_000 }, (_, i) => `label-${i}`);
    const { tags, owners } = bodies.dagBody.parse({
      dag_id: 'orders',
      tags: labels.map(name => ({ name })),
      owners: labels,
    });
    expect([tags.length, owners.length]).toEqual([100, 100]);
  });

  it('docs are bounded, and keep their beginning', () => {
    const { docMd } = bodies.dagDetailsBody.parse({
      doc_md: `# Orders\n${'x'.repeat(huge)}`,
    });
    expect(docMd?.length).toBeLessThan(200_100);
    expect(docMd).toMatch(/^# Orders\n/);
  });

  it('a traceback is bounded, and keeps the exception at its end', () => {
    const { stackTrace } = importErrorBody.parse({
      import_error_id: 1,
      filename: 'orders.py',
      timestamp: at,
      stack_trace: `Traceback\n${'x'.repeat(huge)}\nValueError: no rows`,
    });
    expect(stackTrace).toMatch(
      /^Traceback\n… \(\d+ characters are left out\) …\nValueError: no rows$/,
    );
  });
});
