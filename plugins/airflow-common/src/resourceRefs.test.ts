import fc from 'fast-check';
import { airflowDagRefOf, parseAirflowDagRef } from '.';

it('names every DAG so that it is found again', () => {
  const cluster = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
  fc.assert(
    fc.property(cluster, fc.string(), (name, dagId) => {
      const dag = { cluster: name, dagId };
      expect(parseAirflowDagRef(airflowDagRefOf(dag))).toEqual(dag);
    }),
  );
});

it.each(['', '/', '/dag', 'no-slash'])('finds no DAG in %j', ref => {
  expect(parseAirflowDagRef(ref)).toBeUndefined();
});
