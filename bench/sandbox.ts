import { demoFleet, generatedFleet, startSandbox } from 'airflow-sandbox';

/** A fleet in a process of its own, so that its work is not measured as the portal's: a generated one, or the demo's. */
async function main() {
  const [clusters, dagsPerCluster, port] = process.argv.slice(2).map(Number);
  const fleet =
    clusters > 0 ? generatedFleet({ clusters, dagsPerCluster }) : demoFleet();
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
