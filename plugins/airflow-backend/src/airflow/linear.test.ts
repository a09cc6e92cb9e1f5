import {
  compactJson,
  itemsOf,
  matchesGlob,
  membersOf,
  prettyJson,
  quoteMembers,
  unsendableIn,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import * as fc from 'fast-check';
import { hollowOf, soundsLikeTrouble, meaningOf } from '../insights/causes';
import { ErrorExcerpt } from '../insights/errorExcerpt';
import { Tracebacks } from '../insights/tracebacks';
import { ZoneFinder } from '../insights/zones';
import { WallCron } from '../insights/zones/WallCron';
import { masked, maskedText } from '../masked';
import { withoutSecrets } from '../masked/secrets';
import { toSchedule } from './areas/dags/schedule';
import { readJson } from './http';
import { readEventLog } from './logs/eventLog';
import { colouredText, plainText } from './logs/escapes';
import { readPlainLog } from './logs/plainLog';
import { prefixOf } from './logs/prefix';
import { linesOfRepr } from './logs/repr';
import { momentOf } from './logs/stamp';

/** Of all shapes that a text may have, so many are tried each time. */
const SHAPES = 3;

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

let finder: ZoneFinder;

const works: Record<string, (text: string) => unknown> = {
  'masking, uncut': withoutSecrets,
  'the door for a line': line => masked(line),
  'the door for a text': maskedText,
  'telling causes': line => [
    ...[meaningOf(line), hollowOf(line), soundsLikeTrouble(line)],
    new Tracebacks().read(line),
  ],
  'escapes of a terminal': line => [plainText(line), colouredText(line)],
  'prefixes of lines': line => [prefixOf(line), momentOf(line)],
  'lines as Python writes them': line => [...linesOfRepr(`('${line}\\n`)],
  'a plain log': text => readLog(readPlainLog, text),
  'a log of events': text => readLog(readEventLog, text),
  'an event': text => readLog(readEventLog, `{"event": "${text}`),
  'an event with its traceback': text =>
    readLog(readEventLog, `{"event": "a", "error_detail": [${text}`),
  'reading JSON': text => readJson(`{"a": ${text}`).catch(() => null),
  'reading JSON with its text': text =>
    readJson(`{"a": ${text}`, { exact: ['a'] }).catch(() => null),
  'reading over JSON': text =>
    readJson(`{"a": ${text}`, { wanted: { members: new Map() } }).catch(
      () => null,
    ),
  'taking JSON apart': json => [membersOf(`{"a": ${json}`), itemsOf(json)],
  'writing JSON anew': json => [compactJson(json), quoteMembers(json, ['a'])],
  'laying out JSON': json => prettyJson(json),
  'what JSON cannot be sent': json => unsendableIn(`{"a": ${json}`),
  globs: text => [
    matchesGlob('*a*.*b', text),
    matchesGlob(`*${text.slice(0, 50)}b`, text),
    matchesGlob(`*${text}`, text.slice(0, 50)),
  ],
  crons: text => [
    WallCron.read(`${text} * * * *`),
    WallCron.read(`* * * * ${text}`),
    toSchedule(text, text),
  ],
  zones: async text => {
    const announced = ['2026-02-10T06:00:00Z'];
    for (const expression of [`${text} * * * *`, `0 6 * * ${text}`]) {
      await finder.find(
        { schedule: { kind: 'cron', expression }, tags: [`tz:${text}`] },
        { announced, defaultZone: null },
      );
    }
  },
};

beforeAll(async () => {
  finder = await ZoneFinder.at(new Date('2026-11-29T00:00:00Z'));
});

/** CPU time in milliseconds is what others cannot spend. */
async function cost(work: (text: string) => unknown, text: string) {
  const before = process.cpuUsage();
  try {
    await work(text);
  } catch (error) {
    // That a text is refused is a way to be done with it.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Each byte takes the same time; what is quadratic takes four times as long when there are four times as many. */
const MOST_TIMES = 2.5;
/** What takes no longer is noise. */
const NOISE_MS = 60;
/** The least of some tries is what work takes when nothing disturbs it. */
const MOST_TRIES = 4;

/** What some work takes for texts of these lengths, if that is out of proportion to the first of them. */
async function steepness(
  work: (text: string) => unknown,
  text: (length: number) => string,
  lengths: readonly number[],
): Promise<number[] | undefined> {
  const least = lengths.map(() => Infinity);
  const isSteep = () =>
    lengths.some(
      (length, i) =>
        least[i] > (MOST_TIMES * least[0] * length) / lengths[0] + NOISE_MS,
    );
  for (let i = 0; i < MOST_TRIES && (i === 0 || isSteep()); i += 1) {
    for (const [at, length] of lengths.entries()) {
      least[at] = Math.min(least[at], await cost(work, text(length)));
    }
  }
  return isSteep() ? least : undefined;
}

const closing: Record<string, string> = { '[': ']', '{': '}', '(': ')' };

/** Closes what a text opens, from its end to its beginning. */
const closed = (text: string) =>
  [...text].reverse().map(letter => closing[letter] ?? letter);

const part = fc
  .array(
    fc.oneof(
      fc.constantFrom(...units),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map(parts => parts.join(''));

/** Something that comes again and again, between something else; half of them are closed again as often. */
const shapes = fc.record({
  begin: part,
  unit: part,
  isClosed: fc.boolean(),
  end: part,
});

describe.each(Object.keys(works))('the work of %s', name => {
  it('is in proportion to the text, whatever comes in it again and again', async () => {
    const steep: string[] = [];
    for (const unit of units) {
      const text = (length: number) =>
        unit.repeat(Math.ceil(length / unit.length));
      const took = await steepness(works[name], text, [60_000, 240_000]);
      if (took) steep.push(`${JSON.stringify(unit)}: ${took.join(', ')} ms`);
    }
    expect(steep).toEqual([]);
  });

  it('is in proportion to megabytes of whatever they are made of', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ begin, unit, isClosed, end }) => {
        const close = isClosed ? closed(unit).join('') : '';
        const text = (length: number) => {
          const times = Math.ceil(length / (unit.length + close.length));
          return begin + unit.repeat(times) + close.repeat(times) + end;
        };
        const took = await steepness(
          works[name],
          text,
          [1_000_000, 2_000_000, 4_000_000],
        );
        expect(took).toBeUndefined();
      }),
      { numRuns: SHAPES, endOnFailure: true },
    );
  });
});
