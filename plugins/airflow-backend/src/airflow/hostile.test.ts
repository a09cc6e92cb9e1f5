import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  serveHostile,
  type HostileAnswer,
  type HostileServer,
} from '../__testUtils__/hostile';
import { hostileAnswers } from '../__testUtils__/hostileAnswers';
import {
  LONGEST_TURN_MS,
  longestTurnOfTries,
} from '../__testUtils__/longestTurn';
import { ErrorExcerpt } from '../insights/errorExcerpt';
import type { AirflowClient } from './AirflowClient';
import { dags } from './areas/dags';
import { importErrors } from './areas/importErrors';
import { runs } from './areas/runs';
import { taskLogs } from './areas/taskLogs';
import { createAirflowClient } from './createAirflowClient';

const MB = 1_000_000;

type Ask = (client: AirflowClient) => Promise<unknown>;

const firstDags: Ask = client => client.read(dags, area => area.list()).next();
const firstRuns: Ask = client =>
  client.read(runs, area => area.list({})).next();
const firstErrors: Ask = client =>
  client.read(importErrors, area => area.list()).next();

/** As the portal looks for why a task failed. */
const log: Ask = async client => {
  const excerpt = new ErrorExcerpt();
  const task = { dagId: 'a', runId: 'b', taskId: 'c', mapIndex: -1 };
  for await (const entry of client.read(taskLogs, area => area.read(task, 1)))
    excerpt.add(entry);
  return excerpt.result();
};

const plain = { version: 'v1', type: 'text/plain' } as const;
const events = { version: 'v2', type: 'application/x-ndjson' } as const;

const attacks: Record<string, [Ask, HostileAnswer]> = {
  ...Object.fromEntries(
    Object.entries(hostileAnswers).map(
      ([name, answer]): [string, [Ask, HostileAnswer]] => [
        name,
        [firstDags, answer],
      ],
    ),
  ),
  'a conf of brackets': [
    firstRuns,
    {
      version: 'v2',
      begin: '{"dag_runs": [{"conf": ',
      unit: '[',
      length: 20 * MB,
    },
  ],
  'an import error of one line': [
    firstErrors,
    {
      version: 'v2',
      begin:
        '{"import_errors": [{"import_error_id": 1, "filename": "a.py", "stack_trace": "',
      unit: 'a.',
      length: 8 * MB,
      end: '"}]}',
    },
  ],
  ...Object.fromEntries(
    [
      ['a.', 'full stops'],
      ['a://', 'addresses'],
      ['eyJ-', 'tokens'],
      ['password', 'keys'],
      ['key="', 'quotes'],
      ['\\', 'backslashes'],
      ['\u001b]8;;', 'links'],
      ['a\b', 'backspaces'],
      ['a\r', 'carriage returns'],
      [' ', 'space'],
      ["'", 'single quotes'],
      ['[', 'brackets'],
      ['{"event":"', 'events'],
      [`${'a.'.repeat(120_000)}\n`, 'lines of 240 KB'],
    ].flatMap(([unit, words]) => [
      [`a plain log of ${words}`, [log, { ...plain, unit, length: 3 * MB }]],
      [
        `a log of events of ${words}`,
        [log, { ...events, unit, length: 3 * MB }],
      ],
    ]),
  ),
  'a log of line breaks': [log, { ...plain, unit: '\n', length: MB / 32 }],
  'a log as Python writes it': [
    log,
    { ...plain, begin: "[('h', '\\n", unit: "'", length: MB / 8 },
  ],
  'a log as Python writes it, of line breaks': [
    log,
    { ...plain, begin: "[('h', '", unit: '\\n', length: MB / 8 },
  ],
  'an event of line breaks': [
    log,
    { ...events, begin: '{"event": "', unit: '\\n', length: MB / 8, end: '"}' },
  ],
  'an event of members': [
    log,
    {
      ...events,
      begin: '{"event": "a", "level": "info"',
      unit: ', "a": 1',
      length: 2 * MB,
      end: '}',
    },
  ],
  'a plain log of members': [
    log,
    {
      ...plain,
      begin: '{"event": "a", "level": "info"',
      unit: ', "a": 1',
      length: 2 * MB,
      end: '}',
    },
  ],
  'an event of lists': [
    log,
    { ...events, begin: '{"event": ', unit: '[', length: 2 * MB },
  ],
};

describe('a hostile Airflow', () => {
  const names = Object.keys(attacks);
  const figures: Record<string, number> = {};
  let server: HostileServer;

  beforeAll(async () => {
    server = await serveHostile(names.map(name => attacks[name][1]));
  });
  afterAll(async () => {
    await server.close();
    const folder = resolve(__dirname, '../../../../.cache/test');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      resolve(folder, 'longest-turns.json'),
      `${JSON.stringify(figures, null, 2)}\n`,
    );
  });

  it.each(names)('keeps nobody waiting with %s', async name => {
    const client = createAirflowClient(
      {
        name: 'prod-eu',
        baseUrl: server.urlOf(names.indexOf(name)),
        authenticator: () => ({
          headers: async () => ({}),
          credentialKeys: 'auth',
        }),
        limits: {
          maxInFlight: 4,
          requestsPerMinute: 100_000,
          timeoutMs: 30_000,
          maxResponseBytes: 32 * 1024 * 1024,
        },
      },
      { retries: 0 },
    );
    await client.info();
    const longest = await longestTurnOfTries(() => attacks[name][0](client));
    await client.close();
    figures[name] = Math.round(longest);
    expect(longest).toBeLessThan(LONGEST_TURN_MS);
  });
});
