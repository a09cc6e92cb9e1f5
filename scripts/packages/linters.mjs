// publint and "Are the types wrong?", which read an archive as Node, bundlers and TypeScript do. They come from npm into
// .cache, since nothing else needs them.
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE } from '../portal/paths.mjs';
import { capture } from '../portal/processes.mjs';
import { FriendlyError, step } from '../portal/report.mjs';

const PUBLINT = '0.3.25';
const ATTW = '0.18.5';
const HOME = path.join(CACHE, 'packages', `publint-${PUBLINT}-attw-${ATTW}`);

/** Reads an archive with both; what each finds has a code and words. */
export async function linters() {
  if (!existsSync(path.join(HOME, 'node_modules'))) {
    await step(`Fetching publint and attw into .cache`, fetchThem);
  }
  const { publint } = await import(urlOf('publint'));
  const { formatMessage } = await import(urlOf('publint/utils'));
  const attw = await import(urlOf('@arethetypeswrong/core'));

  return async archive => {
    const bytes = await readFile(archive);
    const { messages, pkg } = await publint({
      pack: { tarball: bytes.buffer },
      level: 'warning',
    });
    const { problems = [] } = await attw.checkPackage(
      attw.createPackageFromTarballData(new Uint8Array(bytes)),
    );
    return [
      ...messages.map(message => ({
        by: 'publint',
        code: message.code,
        text: formatMessage(message, pkg, { color: false }),
      })),
      ...problems.map(problem => ({
        by: 'attw',
        code: problem.kind,
        text: `${problem.entrypoint ?? ''} ${problem.resolutionKind ?? ''}`,
      })),
    ];
  };
}

function urlOf(name) {
  const require = createRequire(path.join(HOME, 'package.json'));
  return pathToFileURL(require.resolve(name)).href;
}

async function fetchThem() {
  await mkdir(HOME, { recursive: true });
  const { code, output } = await capture('npm', [
    'install',
    '--prefix',
    HOME,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `publint@${PUBLINT}`,
    `@arethetypeswrong/core@${ATTW}`,
  ]);
  if (code === 0) return;
  throw new FriendlyError(
    `npm could not install publint and attw:\n${output.trim()}`,
    'Check that npm reaches its registry (npm ping), then run the command again.',
  );
}
