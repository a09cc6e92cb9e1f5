/** An id that can stand in a path: `~` is Airflow's wildcard, and dots alone would lead elsewhere. */
function isAddressable(id: string): boolean {
  return id !== '' && !['.', '..', '~'].includes(id) && !id.includes('/');
}

/** Thrown for an id that no Airflow can be asked about. */
export class UnaddressableId extends Error {
  readonly name = 'UnaddressableId';

  constructor(
    readonly id: string,
    /** Airflow holds to what a DAG and a task may be named, but lets runs be named anyhow. */
    readonly isOfRun: boolean,
    options?: ErrorOptions,
  ) {
    super(id, options);
  }
}

/**
 * A key at the end of a path, where Airflow takes whatever is left of it: slashes too, but no dots alone, which an
 * address does without.
 */
export function lastPart(key: string): string {
  if (['', '.', '..'].includes(key)) throw new UnaddressableId(key, false);
  try {
    return `/${encodeURIComponent(key)}`;
  } catch (cause) {
    throw new UnaddressableId(key, false, { cause });
  }
}

/** Builds a path below the API's root; every value is encoded once. */
export function path(
  parts: TemplateStringsArray,
  ...ids: (string | number)[]
): string {
  return parts.reduce((built, part, index) => {
    const id = String(ids[index - 1]);
    const isOfRun = parts[index - 1].endsWith('/dagRuns/');
    if (!isAddressable(id)) throw new UnaddressableId(id, isOfRun);
    try {
      return built + encodeURIComponent(id) + part;
    } catch (cause) {
      throw new UnaddressableId(id, isOfRun, { cause });
    }
  });
}
