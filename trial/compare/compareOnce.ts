import type { TrialPortal } from '../TrialPortal';
import type { AirflowReader } from './AirflowReader';
import { differences } from './differences';
import type { Difference } from './facts';
import { readAirflow } from './readAirflow';
import { readPortal } from './readPortal';

/** Has the portal read a cluster, and sets what it then says beside what Airflow said before and says after. */
export async function compareOnce(
  portal: TrialPortal,
  cluster: string,
  airflow: AirflowReader,
): Promise<{ compared: number; found: Difference[] }> {
  const before = await readAirflow(airflow);
  await portal.refresh(cluster, ['health', 'inventory', 'runs']);
  const said = await readPortal(portal, cluster);
  const after = await readAirflow(airflow);
  return { compared: after.size, found: differences(before, said, after) };
}
