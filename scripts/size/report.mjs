// What the sizes say: the tables that people read, and what is wrong with them.

/** Gzipped, for each entry point. */
export const LIMIT = 100_000;

/** The packages that may come with the first load; any other belongs to the page that needs it. */
export const EXPECTED = [
  '@remixicon/react',
  '@tanstack/query-core',
  '@tanstack/react-query',
  'zod',
];

/** One sentence for each thing that is wrong. */
export function problemsOf(loads) {
  return loads
    .filter(({ isEntry }) => isEntry)
    .flatMap(({ name, bytes, packages }) => {
      const others = packages.filter(each => !EXPECTED.includes(each));
      return [
        bytes > LIMIT &&
          `The first load of "${name}" takes ${kb(bytes)}, more than ${kb(
            LIMIT,
          )}.`,
        others.length > 0 &&
          `The first load of "${name}" holds ${others.join(
            ', ',
          )}. Import it with the page that needs it, or say in scripts/size/report.mjs why not.`,
      ].filter(Boolean);
    });
}

/** Markdown. */
export function report(loads) {
  const first = loads.filter(({ isEntry }) => isEntry);
  const later = loads.filter(({ isEntry }) => !isEntry);
  const known = new Set(first.flatMap(({ packages }) => packages));
  return [
    table(['first load', 'gzipped', 'packages in it'], first, new Set()),
    table(['loaded when needed', 'gzipped', 'packages it adds'], later, known),
  ].join('\n\n');
}

function table(head, loads, known) {
  const rows = loads.map(({ name, bytes, packages }) => [
    `\`${name}\``,
    kb(bytes),
    packages.filter(each => !known.has(each)).join(', '),
  ]);
  const line = cells => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

function kb(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
