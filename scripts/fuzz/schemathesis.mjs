// Schemathesis, a tester of HTTP APIs from PyPI, pinned by requirements.txt.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findPython } from '../airflow/python.mjs';
import { CACHE } from '../portal/paths.mjs';
import { capture, must } from '../portal/processes.mjs';
import { say, step } from '../portal/report.mjs';

const HOME = path.join(CACHE, 'fuzz');
const VENV = path.join(HOME, 'venv');
const STAMP = path.join(HOME, 'installed');
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');

/** An answer that the document does not list, or that is not as it says, is a finding, as is any error 5xx. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'unsupported_method',
  'allow_header_conformance',
];

export async function ensureSchemathesis() {
  const wanted = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  const installed = await readFile(STAMP, 'utf8').catch(() => '');
  if (installed === wanted) return;
  await step('Installing Schemathesis from PyPI', async () => {
    await rm(VENV, { recursive: true, force: true });
    await mkdir(HOME, { recursive: true });
    await run(await findPython(), ['-m', 'venv', VENV]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps'];
    await run(path.join(VENV, 'bin', 'python'), [...pip, '-r', REQUIREMENTS]);
    await writeFile(STAMP, wanted);
  });
}

/** @returns the exit code, and how many requests were sent */
export async function runSchemathesis(portal, of) {
  const { name, token, parameters, seconds, seed } = of;
  const config = path.join(HOME, `${name}.toml`);
  const values = Object.entries(parameters).map(
    ([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}\n`,
  );
  await writeFile(config, `[parameters]\n${values.join('')}`);
  const report = path.join(HOME, `${name}.ndjson`);
  const { code, output } = await step(
    `Asking as ${name}, for about ${seconds} s`,
    () =>
      capture(
        path.join(VENV, 'bin', 'schemathesis'),
        [
          ...['--config-file', config, 'run'],
          `${portal}/api/airflow/openapi.json`,
          ...['--url', `${portal}/api/airflow`],
          ...['--header', `Authorization: Bearer ${token}`],
          ...['--phases', 'coverage,fuzzing,stateful'],
          ...['--checks', CHECKS.join(',')],
          ...['--max-time', String(seconds), '--max-examples', '40'],
          ...['--request-timeout', '60', '--workers', '1', '--no-shrink'],
          ...(seed === undefined ? [] : ['--seed', String(seed)]),
          ...['--suppress-health-check', 'all', '--warnings', 'off'],
          ...['--report', 'ndjson', '--report-ndjson-path', report],
        ],
        { cwd: HOME },
      ),
  );
  const sent = Number(/(\d+) generated/.exec(output)?.[1] ?? 0);
  await writeFile(path.join(HOME, `${name}.log`), output);
  if (code !== 0) say(output.slice(-6_000));
  return { code, sent };
}

function run(program, args) {
  return must(program, args, {
    hint: 'Is PyPI reachable? pip takes its index from its own configuration.',
  });
}
