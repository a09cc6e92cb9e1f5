import Ajv from 'ajv/dist/2020';
import type { Response } from 'supertest';
import { openApiDocument } from '../api/openApiDocument';

interface Media {
  schema?: object;
}
interface Answer {
  description: string;
  content?: Record<string, Media>;
}
interface Operation {
  responses: Record<string, Answer | { $ref: string }>;
}

const document = openApiDocument();
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(document, 'portal');

const templates = Object.entries(document.paths).map(([path, operations]) => ({
  path,
  operations,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
  // `/alerts/acknowledge` goes before `/alerts/{alertId}`.
  parameters: path.split('{').length,
}));
templates.sort((a, b) => a.parameters - b.parameters);

const problem = 'portal#/components/schemas/ProblemResponse';

/**
 * Throws where an answer is not as the OpenAPI document says: by its status, its kind of content and its schema. What
 * the document has no operation for may be refused only.
 */
export function heldToDocument(
  method: string,
  url: string,
  response: Response,
): void {
  const { status, type } = response;
  const [path] = url.split('?');
  const found = templates.find(
    ({ pattern, operations }) => pattern.test(path) && method in operations,
  );
  const what = `${method.toUpperCase()} ${path}: ${status}`;
  if (!found) {
    if (path === '/openapi.json' && status === 200) return;
    expectValid({ $ref: problem }, response.body, what);
    if (status !== 404 && status !== 405 && status !== 400) {
      throw new Error(`${what}, where the document has no operation`);
    }
    return;
  }
  const { responses } = found.operations[method] as Operation;
  const place = ['paths', found.path, method, 'responses', String(status)];
  const [answer, where] = resolved(responses[status], place);
  if (!answer) throw new Error(`${what} is not in the document`);
  const media = answer.content?.[type];
  if (!media) throw new Error(`${what} as ${type} is not in the document`);
  if (!media.schema) return;
  const pointer = [...where, 'content', type, 'schema'].map(encoded);
  const $ref = `portal#/${pointer.join('/')}`;
  const bodies =
    type === 'application/x-ndjson'
      ? (response.text ?? '').split('\n').filter(Boolean).map(parsed)
      : [response.body];
  for (const body of bodies) expectValid({ $ref }, body, what);
}

const shared = new Map<string, Answer>(
  Object.entries(document.components.responses),
);

/** An answer, and where in the document it stands. */
function resolved(
  answer: Answer | { $ref: string } | undefined,
  where: string[],
): [Answer | undefined, string[]] {
  if (!answer || !('$ref' in answer)) return [answer, where];
  const [, ...place] = answer.$ref.split('/');
  return [shared.get(place.at(-1) ?? ''), place];
}

function encoded(part: string): string {
  return part.replace(/~/g, '~0').replace(/\//g, '~1');
}

function parsed(line: string): unknown {
  return JSON.parse(line);
}

function expectValid(ref: { $ref: string }, body: unknown, what: string) {
  const validate = ajv.getSchema(ref.$ref) ?? ajv.compile(ref);
  if (validate(body)) return;
  throw new Error(
    `${what} is not as the document says: ${ajv.errorsText(validate.errors)}`,
  );
}
