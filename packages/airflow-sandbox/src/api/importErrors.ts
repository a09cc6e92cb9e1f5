import { ClusterSimulation } from '../simulation/cluster';

/** The files that cannot be imported by now, numbered as they were found. */
export function importErrorsOf(cluster: ClusterSimulation) {
  const { files, isEmptied } = cluster.overlay;
  if (isEmptied) return [];
  const broken = [...files].flatMap(([relativeFile, trouble]) =>
    trouble.kind === 'broken'
      ? [
          {
            relativeFile,
            stackTrace: trouble.stackTrace,
            timestamp: trouble.at,
          },
        ]
      : [],
  );
  return [...cluster.definition.importErrors, ...broken]
    .filter(e => e.timestamp <= cluster.now())
    .map((e, i) => ({ id: i + 1, ...e }));
}
