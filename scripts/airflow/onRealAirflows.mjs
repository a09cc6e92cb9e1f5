// Runs something on real Airflows, which are started when they are down, and stopped again then.
import { down, isUp, startRuns, up } from './index.mjs';
import { urlOf, VERSIONS } from './versions.mjs';

/**
 * @param args the majors that are meant; all when there is none
 * @param act is given an environment that names where each Airflow answers
 */
export async function onRealAirflows(args, act) {
  const named = Object.keys(VERSIONS).filter(major => args.includes(major));
  const majors = named.length > 0 ? named.map(Number) : [2, 3];
  const started = [];
  for (const major of majors) if (!(await isUp(major))) started.push(major);
  await up(majors);
  await startRuns(majors);
  try {
    return await act({
      ...process.env,
      ...Object.fromEntries(
        majors.map(major => [
          `AIRFLOW_FLEET_REAL_${major}`,
          urlOf(VERSIONS[major]),
        ]),
      ),
    });
  } finally {
    if (started.length > 0) await down(started);
  }
}
