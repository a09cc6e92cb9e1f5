// The frontend plugin by itself, bundled as the Backstage CLI bundles it into a portal.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { rspack } from '@rspack/core';
import { CACHE, ROOT } from '../portal/paths.mjs';

const PLUGIN = path.join(ROOT, 'plugins', 'airflow');
const OUT = path.join(CACHE, 'size');

/** By the names of the package's exports. */
const ENTRIES = { '.': './src/index.ts', './legacy': './src/legacy.tsx' };

/** What every portal has already. */
const OF_THE_PORTAL =
  /^(react|react-dom|react-router|react-router-dom|@backstage|@material-ui)(\/|$)/;

/** @type {import('@rspack/core').Configuration} */
const config = {
  mode: 'production',
  devtool: false,
  context: PLUGIN,
  entry: ENTRIES,
  output: {
    path: OUT,
    clean: true,
    module: true,
    library: { type: 'module' },
    filename: '[id].js',
    chunkFilename: '[id].js',
  },
  externalsType: 'module',
  externals: [OF_THE_PORTAL],
  resolve: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic' } },
          },
        },
      },
      // Counted with the code that needs it.
      { test: /\.css$/, type: 'asset/source' },
    ],
  },
  // A chunk holds all that it needs beyond what is loaded when it is asked for.
  optimization: { splitChunks: false, chunkIds: 'named' },
};

/**
 * What is loaded together: the entry points first, then what comes when it is needed, by the name of its module. Two
 * pages may bring the same in different surroundings; the larger of them is told.
 */
export async function bundle() {
  const { compilation } = await build();
  const loads = new Map();
  for (const chunk of compilation.chunks) {
    const load = {
      name: nameOf(chunk),
      isEntry: chunk.canBeInitial(),
      bytes: await zippedSize(chunk),
      packages: packagesOf(compilation.chunkGraph.getChunkModules(chunk)),
    };
    const known = loads.get(load.name);
    if (!known || known.bytes < load.bytes) loads.set(load.name, load);
  }
  return [...loads.values()].sort(
    (a, b) => Number(b.isEntry) - Number(a.isEntry) || b.bytes - a.bytes,
  );
}

function build() {
  return new Promise((resolve, reject) => {
    rspack(config, (error, stats) => {
      if (error || !stats) reject(error);
      else if (stats.hasErrors()) {
        reject(new Error(stats.toString({ all: false, errors: true })));
      } else resolve(stats);
    });
  });
}

/** An entry point's own name, or that of the module which an `import()` asks for. */
function nameOf(chunk) {
  if (chunk.name) return chunk.name;
  const [{ origins }] = chunk.groupsIterable;
  return path.basename(origins[0].request);
}

async function zippedSize(chunk) {
  let bytes = 0;
  for (const file of chunk.files) {
    bytes += gzipSync(await readFile(path.join(OUT, file))).length;
  }
  return bytes;
}

function packagesOf(modules) {
  const places = [...modules].flatMap(({ modules: joined, resource }) =>
    joined ? [...joined].map(each => each.resource) : [resource],
  );
  const names = places.map(
    place => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place ?? '')?.[1],
  );
  return [...new Set(names.filter(Boolean))].sort();
}
