import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';

const units = [
  { name: 'd', ms: 24 * 60 * 60_000 },
  { name: 'h', ms: 60 * 60_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1_000 },
];

/** Such as `26 h` or `1 h 5 min`: the two largest units say enough. Below two days, hours are read more easily. */
export function span(ms: number): string {
  const usable = units.filter(unit => unit.name !== 'd' || ms >= 2 * unit.ms);
  const first = usable.findIndex(unit => ms >= unit.ms);
  if (first === -1) return '0 s';
  const [large, small] = usable.slice(first, first + 2);
  const whole = Math.floor(ms / large.ms);
  const rest = small ? Math.floor((ms % large.ms) / small.ms) : 0;
  return rest > 0
    ? `${whole} ${large.name} ${rest} ${small.name}`
    : `${whole} ${large.name}`;
}

/** Such as `2026-11-24 02:10 UTC`. */
export function utc(instant: Instant): string {
  const [date, time] = new Date(instant).toISOString().split('T');
  return `${date} ${time.slice(0, 5)} UTC`;
}
