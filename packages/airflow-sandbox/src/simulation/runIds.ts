const PREFIXES = [
  'scheduled__',
  'manual__',
  'dataset_triggered__',
  'asset_triggered__',
];

/** An instant as run ids carry it. */
export function runIdStamp(at: number): string {
  const iso = new Date(at).toISOString();
  const [seconds, millis] = iso.slice(0, -1).split('.');
  return millis === '000'
    ? `${seconds}+00:00`
    : `${seconds}.${millis}000+00:00`;
}

/** The instant in an id that Airflow gave. */
export function instantOfRunId(runId: string): number | undefined {
  const prefix = PREFIXES.find(p => runId.startsWith(p));
  if (!prefix) return undefined;
  const at = Date.parse(runId.slice(prefix.length));
  return Number.isNaN(at) ? undefined : at;
}

/** Whether a run may be given this id. */
export function isRunId(text: string): boolean {
  return /^[A-Za-z0-9_.~:+-]+$/.test(text);
}
