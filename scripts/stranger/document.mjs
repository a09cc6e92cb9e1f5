// What docs/install.md tells a reader to run and to write.

/**
 * The fenced blocks of a Markdown text, each with its language and the heading that it stands under.
 */
export function blocksOf(markdown) {
  const blocks = [];
  let heading = '';
  /** @type {{ heading: string, language: string, lines: string[] } | undefined} */
  let open;
  for (const line of markdown.split('\n')) {
    const fence = /^```(\w*)$/.exec(line);
    if (open && fence) {
      blocks.push({ ...open, text: open.lines.join('\n') });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { heading, language: fence[1], lines: [] };
    else heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
  }
  return blocks.map(({ heading: under, language, text }) => ({
    heading: under,
    language,
    text,
  }));
}

/** The one block of a language under a heading that holds a text; a document that has none is wrong. */
export function blockOf(blocks, { heading, language, holding = '' }) {
  const found = blocks.filter(
    block =>
      block.heading.startsWith(heading) &&
      block.language === language &&
      block.text.includes(holding),
  );
  if (found.length !== 1) {
    throw new Error(
      `docs/install.md has ${found.length} blocks of ${language} under "${heading}" that hold "${holding}", and one is expected.`,
    );
  }
  return found[0].text;
}
