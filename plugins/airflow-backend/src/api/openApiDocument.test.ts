import { readFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { openApiDocument } from './openApiDocument';

const committed = resolvePackagePath(
  '@airflow-fleet/backstage-plugin-airflow-backend',
  'openapi.json',
);

describe('the OpenAPI document', () => {
  it('is committed as the contract gives it; `npm run openapi` writes it anew', async () => {
    const text = await readFile(committed, 'utf8');
    expect(JSON.parse(text)).toEqual(openApiDocument());
  });

  it('describes every shape that it refers to', () => {
    const text = JSON.stringify(openApiDocument());
    const { schemas } = openApiDocument().components;
    const referred = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)];
    expect(referred.length).toBeGreaterThan(30);
    const missing = referred.filter(([, name]) => !(name in schemas));
    expect(missing).toEqual([]);
  });

  it('names every path parameter', () => {
    for (const [path, operations] of Object.entries(openApiDocument().paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(operations)) {
        expect(operation).toMatchObject({
          parameters: expect.arrayContaining(
            inPath.map(name => expect.objectContaining({ name, in: 'path' })),
          ),
        });
      }
    }
  });
});
