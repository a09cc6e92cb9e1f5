import type { Asker } from '../asker';
import type { Traffic } from './shares';

/** A request that wants to be sent. */
export interface TurnRequest {
  /** Undefined for the portal's own readings. */
  asker?: Asker;
  /** Logs are open for as long as they are read. */
  isLog?: boolean;
  /** Whoever leaves while waiting takes no turn. */
  signal?: AbortSignal;
}

export function trafficOf({ asker }: TurnRequest): Traffic {
  return asker ? 'readers' : 'readings';
}

/** The turns that were not given back yet. */
export class OpenTurns {
  /** What had a turn last. */
  last: Traffic = 'readers';
  private readonly counts = new Map<string, number>();

  get total(): number {
    return this.of('readings') + this.of('readers');
  }

  of(traffic: Traffic): number {
    return this.counts.get(traffic) ?? 0;
  }

  logsOf(traffic: Traffic): number {
    return this.counts.get(`logs of ${traffic}`) ?? 0;
  }

  ofReader(reader: string): number {
    return this.counts.get(`reader ${reader}`) ?? 0;
  }

  /** @returns what closes it, which tells whether it was open */
  add(traffic: Traffic, { asker, isLog }: TurnRequest): () => boolean {
    this.last = traffic;
    const counted: string[] = [traffic];
    if (isLog) counted.push(`logs of ${traffic}`);
    if (asker) counted.push(`reader ${asker.reader}`);
    for (const name of counted) this.change(name, 1);
    let isOpen = true;
    return () => {
      const wasOpen = isOpen;
      if (isOpen) for (const name of counted) this.change(name, -1);
      isOpen = false;
      return wasOpen;
    };
  }

  private change(name: string, by: 1 | -1): void {
    const count = (this.counts.get(name) ?? 0) + by;
    if (count > 0) this.counts.set(name, count);
    else this.counts.delete(name);
  }
}
