/** An id that can stand in a path: `~` is Airflow's wildcard, and dots alone would lead elsewhere. */
function isAddressable(id: string): boolean {
  return id !== '' && !['.', '..', '~'].includes(id) && !id.includes('/');
}

/** Thrown for an id that no Airflow can be asked about. */
export class UnaddressableId extends Error {
  readonly name = 'UnaddressableId';
}

/** Builds a path below the API's root; every value is encoded once. */
export function path(
  parts: TemplateStringsArray,
  ...ids: (string | number)[]
): string {
  return parts.reduce((built, part, index) => {
    const id = String(ids[index - 1]);
    if (!isAddressable(id)) throw new UnaddressableId(id);
    try {
      return built + encodeURIComponent(id) + part;
    } catch (cause) {
      throw new UnaddressableId(id, { cause });
    }
  });
}
