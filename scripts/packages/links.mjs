// Links of Markdown, in the repository and in a package that was packed from it.
import path from 'node:path';

/** The destination of each link and image that is not code. */
const LINK = /(!?\[[^\]]*\]\()([^)\s]+)(\))/g;
const FENCE = /(```[^]*?```)/;

/**
 * The README of a package with links that lead to the repository, since what is beside the package in the repository is
 * not beside it where it is installed.
 *
 * @param folder of the package in the repository, such as `plugins/airflow`
 * @param repository address of the repository for people
 */
export function withAbsoluteLinks(markdown, folder, repository) {
  return eachLink(markdown, (whole, before, to, after) => {
    if (/^(https?:|mailto:|#)/.test(to)) return whole;
    const [file, ...fragment] = to.split('#');
    const at = path.posix.join(folder, file);
    const kind = before.startsWith('!') ? 'raw' : 'blob';
    const target = [`${repository}/${kind}/main/${at}`, ...fragment].join('#');
    return `${before}${target}${after}`;
  });
}

/** Where the links of a Markdown text lead. */
export function linksOf(markdown) {
  const found = [];
  eachLink(markdown, (whole, _before, to) => {
    found.push(to);
    return whole;
  });
  return found;
}

function eachLink(markdown, change) {
  return markdown
    .split(FENCE)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(LINK, change)))
    .join('');
}
