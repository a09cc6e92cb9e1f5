/** A real Airflow that runs on this machine. */
export interface RealAirflow {
  /** Of its cluster in the portal. */
  name: string;
  major: 2 | 3;
  baseUrl: string;
}

/** Those that the environment names, as scripts/trial.mjs does. */
export function realAirflows(): RealAirflow[] {
  const majors: (2 | 3)[] = [2, 3];
  return majors.flatMap(major => {
    const baseUrl = process.env[`AIRFLOW_FLEET_REAL_${major}`];
    return baseUrl ? [{ name: `airflow-${major}`, major, baseUrl }] : [];
  });
}
