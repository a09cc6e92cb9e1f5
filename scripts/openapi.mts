// Writes what is made of the contract anew: the OpenAPI document, and the table of docs/permissions.md.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'prettier';
import { declaredTable } from '../plugins/airflow-backend/src/api/declared';
import { openApiDocument } from '../plugins/airflow-backend/src/api/openApiDocument';

const root = path.join(import.meta.dirname, '..');

const text = JSON.stringify(openApiDocument());
await writeFile(
  path.join(root, 'plugins/airflow-backend/openapi.json'),
  await format(text, { parser: 'json' }),
);

const permissions = path.join(root, 'docs/permissions.md');
const [before, after] = (await readFile(permissions, 'utf8')).split(
  /(?<=### By endpoint\n[^|]*)(?:\|.*\n)+/,
);
await writeFile(
  permissions,
  await format(`${before}${declaredTable()}\n${after}`, { parser: 'markdown' }),
);
