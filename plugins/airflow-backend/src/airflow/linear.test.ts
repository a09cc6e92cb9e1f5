import {
  compactJson,
  itemsOf,
  matchesGlob,
  membersOf,
  prettyJson,
  quoteMembers,
  unsendableIn,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { hollowOf, soundsLikeTrouble, tellingOf } from '../insights/causes';
import { ErrorExcerpt } from '../insights/errorExcerpt';
import { Tracebacks } from '../insights/tracebacks';
import { WallCron } from '../insights/zones/WallCron';
import { told, toldText } from '../told';
import { withoutSecrets } from '../told/secrets';
import { readJson } from './http';
import { readEventLog } from './logs/eventLog';
import { colouredText, plainText } from './logs/escapes';
import { readPlainLog } from './logs/plainLog';
import { prefixOf } from './logs/prefix';
import { linesOfRepr } from './logs/repr';
import { momentOf } from './logs/stamp';
import { toSchedule } from './mapping/schedule';

jest.setTimeout(300_000);

/** What patterns stumble over when it comes again and again. */
const units = [
  ...['a.', 'a', '1', '=', '"', "'", '\\', '[', '{', '(', ' ', '*', '-', ':'],
  ...['eyJ', '-eyJ-', 'eyJa.', '://', 'a://', 'a://b:', 'key=', '-----BEGIN '],
  ...['password', 'password=', 'token ="', "secret:'", 'bearer ', 'ghp_'],
  ...['{"a":', '"a":1,', '1,', '\u001b[', '\u001b]8;;', 'a\b', 'a\r', '\\n'],
  ...["('h', '", "'\\", 'INFO - ', '[x] ', 'error ', 'exit code ', '0,', '? '],
];

async function readLog(read: typeof readPlainLog, text: string): Promise<void> {
  const excerpt = new ErrorExcerpt();
  const bytes = Buffer.from(text);
  async function* stream() {
    for (let at = 0; at < bytes.length; at += 65_536) {
      yield bytes.subarray(at, at + 65_536);
    }
  }
  for await (const entry of read(stream())) excerpt.add(entry);
  excerpt.result();
}

const works: Record<string, (text: string) => unknown> = {
  'masking, uncut': withoutSecrets,
  'the door for a line': line => told(line),
  'the door for a text': toldText,
  'telling causes': line => [
    ...[tellingOf(line), hollowOf(line), soundsLikeTrouble(line)],
    new Tracebacks().read(line),
  ],
  'escapes of a terminal': line => [plainText(line), colouredText(line)],
  'prefixes of lines': line => [prefixOf(line), momentOf(line)],
  'lines as Python writes them': line => [...linesOfRepr(`('${line}\\n`)],
  'a plain log': text => readLog(readPlainLog, text),
  'a log of events': text => readLog(readEventLog, text),
  'an event': text => readLog(readEventLog, `{"event": "${text}`),
  'reading JSON': text => readJson(`{"a": ${text}`).catch(() => null),
  'reading JSON with its text': text =>
    readJson(`{"a": ${text}`, ['a']).catch(() => null),
  'taking JSON apart': json => [membersOf(`{"a": ${json}`), itemsOf(json)],
  'writing JSON anew': json => [compactJson(json), quoteMembers(json, ['a'])],
  'laying out JSON': json => prettyJson(json),
  'what JSON cannot be sent': json => unsendableIn(`{"a": ${json}`),
  globs: name => [
    matchesGlob('*a*.*b', name),
    matchesGlob(`*${name.slice(0, 250)}b`, name),
  ],
  crons: text => [
    WallCron.read(`${text} * * * *`),
    WallCron.read(`* * * * ${text}`),
    toSchedule(text, text),
  ],
};

/** CPU time is what others cannot spend; the least of some runs is what the work takes when nothing disturbs it. */
async function cost(work: (text: string) => unknown, text: string) {
  let least = Infinity;
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage();
    try {
      await work(text);
    } catch (error) {
      // That a text is refused is a way to be done with it.
      if (!(error instanceof SyntaxError)) throw error;
    }
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** Four times as much takes four times as long; what is quadratic takes sixteen times. What takes no time is noise. */
const MOST_TIMES = 10;
const NOISE_MS = 60;

describe.each(Object.keys(works))('the work of %s', name => {
  it('is in proportion to the text, whatever that is made of', async () => {
    const steep: string[] = [];
    for (const unit of units) {
      const text = (length: number) =>
        unit.repeat(Math.ceil(length / unit.length));
      const small = await cost(works[name], text(60_000));
      const large = await cost(works[name], text(240_000));
      if (large > MOST_TIMES * small + NOISE_MS) {
        steep.push(`${JSON.stringify(unit)}: ${small} ms, then ${large} ms`);
      }
    }
    expect(steep).toEqual([]);
  });
});
