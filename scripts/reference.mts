// Writes anew what documents and the configuration's schema say of rules: `npm run reference`.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import {
  parts,
  withPart,
} from '../plugins/airflow-backend/src/__testUtils__/ruleReference';

for (const { file, name, made } of parts) {
  const filepath = path.join(import.meta.dirname, '..', file);
  const text = withPart(await readFile(filepath, 'utf8'), name, made());
  const style = await prettier.resolveConfig(filepath);
  await writeFile(filepath, prettier.format(text, { ...style, filepath }));
}
