// Prints what failed of one stage, the first of it first: node .ci/failures.mjs RESULTS.json LOG.
import { existsSync, readFileSync } from 'node:fs';
import { failuresOf } from '../scripts/results.mjs';

const MOST_LINES = 150;
/** Of one test, so that there is room for the others. */
const MOST_OF_ONE = 30;
/** Frames of a stack that are not this repository's. */
const FOREIGN = /^\s*at .*(node_modules|node:internal|<anonymous>\)$)/;
/** Of a log that nobody can take apart. */
const [HEAD, TAIL] = [60, 60];

const [results, log] = process.argv.slice(2);

const failures = existsSync(results)
  ? failuresOf(JSON.parse(readFileSync(results, 'utf8')))
  : [];
const lines = failures.length > 0 ? ofTests() : ofLog();
for (const line of lines) process.stdout.write(`${line}\n`);

function ofTests() {
  const all = failures.flatMap(({ test, message, page }) => [
    `● ${test}`,
    ...shortened(ownLines(message), MOST_OF_ONE, 0).map(line => `  ${line}`),
    ...shortened(shownOn(page), MOST_OF_ONE, 0).map(line => `  ${line}`),
  ]);
  return shortened(all, MOST_LINES, 0);
}

/** What stood in the page when a test of the browser failed, from its dialog or its heading on. */
function shownOn(page) {
  if (!page || !existsSync(page)) return [];
  const lines = readFileSync(page, 'utf8').split('\n');
  const start = [/^\s*- dialog/, /^\s*- (main|article)/, /^```yaml/]
    .map(what => lines.findIndex(line => what.test(line)))
    .find(index => index >= 0);
  return start === undefined ? [] : lines.slice(start);
}

function ownLines(message) {
  return message.split('\n').filter(line => !FOREIGN.test(line));
}

function ofLog() {
  return shortened(readFileSync(log, 'utf8').split('\n'), HEAD, TAIL);
}

function shortened(all, head, tail) {
  const left = all.length - head - tail;
  if (left <= 0) return all;
  return [
    ...all.slice(0, head),
    `… ${left} more lines …`,
    ...all.slice(all.length - tail),
  ];
}
