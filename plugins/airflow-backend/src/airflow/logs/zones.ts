/**
 * Minutes east of UTC of the names that only one offset goes by today. `CST`, `CDT`, `IST` and `PST` are not among
 * them: each is the name of several.
 */
const minutesEast: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ Z: 0, UTC: 0, GMT: 0, WET: 0, WEST: 60, BST: 60 },
    ...{
      CET: 60,
      CEST: 120,
      MET: 60,
      MEST: 120,
      EET: 120,
      EEST: 180,
      MSK: 180,
    },
    ...{ WAT: 60, CAT: 120, SAST: 120, EAT: 180, IDT: 180, PKT: 300 },
    ...{ WIB: 420, WITA: 480, WIT: 540, HKT: 480, KST: 540, JST: 540 },
    ...{ AWST: 480, ACST: 570, ACDT: 630, AEST: 600, AEDT: 660, ChST: 600 },
    ...{ NZST: 720, NZDT: 780, SST: -660, HST: -600, HDT: -540 },
    ...{ AKST: -540, AKDT: -480, PDT: -420, MST: -420, MDT: -360, EST: -300 },
    ...{ EDT: -240, AST: -240, ADT: -180, NST: -210, NDT: -150 },
  }),
);

const ambiguous = ['CST', 'CDT', 'IST', 'PST'];

/** Names of zones that stand behind a time; any other word is none. */
export const zoneNames: readonly string[] = [
  ...minutesEast.keys(),
  ...ambiguous,
];

/** Minutes east of UTC, from a name or from `+0530`, `-03`, `+02:00`; null where they are not known. */
export function minutesEastOf(zone: string): number | null {
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!offset) return minutesEast.get(zone) ?? null;
  const [, sign, hours, minutes = '0'] = offset;
  const east = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -east : east;
}
