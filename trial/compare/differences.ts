import { UNTOLD, type Difference, type Facts } from './facts';

/**
 * What the portal says otherwise than Airflow. Airflow is read before and after the portal, since it goes on meanwhile:
 * the portal is right when it says what was so at either time.
 */
export function differences(
  before: Facts,
  portal: Facts,
  after: Facts,
): Difference[] {
  const names = [
    ...new Set([...before.keys(), ...portal.keys(), ...after.keys()]),
  ].filter(name => !isOfDeadDag(name, portal, after));
  const valueOf = (facts: Facts, name: string) => facts.get(name) ?? UNTOLD;
  return names.sort().flatMap(fact => {
    const said = valueOf(portal, fact);
    const airflow = valueOf(after, fact);
    if (said === airflow || said === valueOf(before, fact)) return [];
    return { fact, airflow, portal: said };
  });
}

/** What Airflow had dropped before the portal came is none of its business; years of dead DAGs may lie there. */
function isOfDeadDag(name: string, portal: Facts, airflow: Facts): boolean {
  const [, dagId] = /^dag (.*) · [^·]*$/.exec(name) ?? [];
  if (dagId === undefined) return false;
  const inService = `dag ${dagId} · in service`;
  return airflow.get(inService) === 'false' && !portal.has(inService);
}
