const RealDate = Date;

let nowMs = RealDate.now();

/** A `Date` whose now is set by hand; timers go on as ever. */
class SimulatedDate extends RealDate {
  constructor(...args: [] | ConstructorParameters<typeof RealDate>) {
    if (args.length === 0) super(nowMs);
    else super(...args);
  }

  static override now(): number {
    return nowMs;
  }
}

/** Lets this process live at a moment. */
export function liveAt(ms: number): void {
  nowMs = ms;
  globalThis.Date = SimulatedDate as DateConstructor;
}
