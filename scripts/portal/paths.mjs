import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);
/** Node and Yarn, when the machine has none that fit. Git-ignored. */
export const TOOLS = path.join(ROOT, '.tools');
/** Databases, logs and results of runs. Git-ignored. */
export const CACHE = path.join(ROOT, '.cache');
