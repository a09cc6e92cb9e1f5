import {
  demoFleet,
  generatedFleet,
  startSandbox,
  wideFleet,
} from 'airflow-sandbox';

/** A generated fleet of so many clusters and DAGs, the demo's where there are none, the one for the grid, or both of these. */
function fleetOf(kind: string, dagsPerCluster: number) {
  if (kind === 'wide') return wideFleet();
  if (kind === 'wide-and-demo') {
    return { clusters: [...wideFleet().clusters, ...demoFleet().clusters] };
  }
  const clusters = Number(kind);
  return clusters > 0
    ? generatedFleet({ clusters, dagsPerCluster })
    : demoFleet();
}

/** A fleet in a process of its own, so that its work is not measured as the portal's. */
async function main() {
  const [kind, ...numbers] = process.argv.slice(2);
  const [dagsPerCluster, port] = numbers.map(Number);
  const fleet = fleetOf(kind, dagsPerCluster);
  const sandbox = await startSandbox({ fleet, port });
  process.send?.({
    url: sandbox.url,
    clusters: fleet.clusters.map(({ name, version }) => ({ name, version })),
  });
  process.once('disconnect', () => process.exit(0));
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
