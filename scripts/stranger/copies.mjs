// How often a lockfile of Yarn has each package.

// What a portal must have once: its framework, and what carries React's contexts.
const FRAMEWORK =
  /^(@backstage\/.+|@material-ui\/core|@remixicon\/react|react|react-dom|react-router|react-router-dom|react-aria|react-aria-components|react-stately)$/;

/** The versions of each package of a lockfile, by name. */
export function versionsOf(lockfile) {
  const versions = new Map();
  for (const entry of lockfile.split('\n\n')) {
    const [, name, version] =
      /^ {2}resolution: "(@?[^@"]+)@npm:([^":]+)"$/m.exec(entry) ?? [];
    if (!name) continue;
    versions.set(name, [...(versions.get(name) ?? []), version]);
  }
  return versions;
}

/** What a second lockfile has more versions of than a first, as `name: versions`. */
export function addedCopies(before, after) {
  const had = versionsOf(before);
  const added = [];
  for (const [name, versions] of versionsOf(after)) {
    const most = Math.max(1, had.get(name)?.length ?? 0);
    if (FRAMEWORK.test(name) && versions.length > most) {
      added.push(`${name}: ${versions.join(', ')}`);
    }
  }
  return added;
}
