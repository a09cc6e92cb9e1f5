import { AsyncLocalStorage } from 'node:async_hooks';

/** A reader on whose behalf Airflow is asked. */
export interface Asker {
  /** Who it is, as limits count: a person or a service. */
  readonly reader: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** Set once something was sent: what has begun is brought to its end, and only what has not is refused. */
  hasBegun: boolean;
}

/** On whose behalf requests are sent; the portal's own readings have none. */
export const askingFor = new AsyncLocalStorage<Asker | undefined>();

/** Does something that serves more than who happens to ask for it. */
export function askingForNobody<T>(act: () => T): T {
  return askingFor.run(undefined, act);
}

/** Aborts as soon as one of them does. */
export function anyOf(
  ...signals: readonly (AbortSignal | undefined)[]
): AbortSignal | undefined {
  const given = [...new Set(signals)].flatMap(signal => signal ?? []);
  return given.length > 1 ? AbortSignal.any(given) : given.at(0);
}
