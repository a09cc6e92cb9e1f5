// Writes the OpenAPI document anew from the contract: `npm run openapi`.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'prettier';
import { openApiDocument } from '../plugins/airflow-backend/src/api/openApiDocument';

const file = path.join(
  import.meta.dirname,
  '../plugins/airflow-backend/openapi.json',
);
const text = JSON.stringify(openApiDocument());
await writeFile(file, await format(text, { parser: 'json' }));
