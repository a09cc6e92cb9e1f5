// Writes what is made of the contract anew: the OpenAPI document, and the table of docs/permissions.md.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import { declaredTable } from '../plugins/airflow-backend/src/api/declared';
import { openApiDocument } from '../plugins/airflow-backend/src/api/openApiDocument';

const root = path.join(import.meta.dirname, '..');

await write(
  'plugins/airflow-backend/openapi.json',
  JSON.stringify(openApiDocument()),
);

const permissions = 'docs/permissions.md';
const [before, after] = (
  await readFile(path.join(root, permissions), 'utf8')
).split(/(?<=### By endpoint\n[^|]*)(?:\|.*\n)+/);
await write(permissions, `${before}${declaredTable()}\n${after}`);

async function write(file: string, text: string): Promise<void> {
  const filepath = path.join(root, file);
  const style = await prettier.resolveConfig(filepath);
  await writeFile(filepath, prettier.format(text, { ...style, filepath }));
}
