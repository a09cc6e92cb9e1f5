import { generatedFleet, startSandbox } from 'airflow-sandbox';

/** A generated fleet in a process of its own, so that its work is not measured as the portal's. */
async function main() {
  const [clusters, dagsPerCluster, port] = process.argv.slice(2).map(Number);
  const fleet = generatedFleet({ clusters, dagsPerCluster });
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
