import {
  airflowEndpoints,
  alertEventSchema,
  alertFailureSchema,
  alertRuleSchema,
  alertSchema,
  alertSubjectSchema,
  clusterSchema,
  collectionSchema,
  componentHealthSchema,
  coverageSchema,
  dagDetailsSchema,
  dagFacetsSchema,
  dagListItemSchema,
  dagRunDetailsSchema,
  dagRunSchema,
  dagSchema,
  deliverySchema,
  failingDagSchema,
  importErrorSchema,
  logEntrySchema,
  ownershipSchema,
  problemResponseSchema,
  problemSchema,
  taskInstanceSchema,
  taskTrySchema,
  triggerBodySchema,
  type Endpoint,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { sayDeclared } from './declared';
import { problemsOf } from './problemStatus';

/** What Backstage itself answers, before the request arrives here, where nobody is signed in. */
const portalRefusalSchema = z.looseObject({
  error: z.looseObject({ name: z.string(), message: z.string() }),
  request: z.object({ method: z.string(), url: z.string() }).optional(),
  response: z.object({ statusCode: z.number().int() }),
});

/** What several endpoints speak of, by the name under which the document describes it once. */
const named = {
  Alert: alertSchema,
  AlertEvent: alertEventSchema,
  AlertFailure: alertFailureSchema,
  AlertRule: alertRuleSchema,
  AlertSubject: alertSubjectSchema,
  Cluster: clusterSchema,
  Collection: collectionSchema,
  ComponentHealth: componentHealthSchema,
  Coverage: coverageSchema,
  Dag: dagSchema,
  DagDetails: dagDetailsSchema,
  DagFacets: dagFacetsSchema,
  DagListItem: dagListItemSchema,
  DagRun: dagRunSchema,
  DagRunDetails: dagRunDetailsSchema,
  Delivery: deliverySchema,
  FailingDag: failingDagSchema,
  ImportError: importErrorSchema,
  LogEntry: logEntrySchema,
  Ownership: ownershipSchema,
  PortalRefusal: portalRefusalSchema,
  Problem: problemSchema,
  ProblemResponse: problemResponseSchema,
  TaskInstance: taskInstanceSchema,
  TaskTry: taskTrySchema,
  TriggerBody: triggerBodySchema,
};

const endpoints: Endpoint[] = Object.values(airflowEndpoints);

/** The OpenAPI 3.1 document of the portal's Airflow API, emitted from the contract. */
export function openApiDocument() {
  const schemas = componentSchemas();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Airflow Fleet',
      version: '1',
      description:
        'Every Airflow cluster of the company through one API. Errors are problem details (RFC 9457) with a code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/airflow' }],
    security: [{ backstage: [] }],
    paths: paths(),
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      responses: componentResponses(),
      schemas,
    },
  };
}

function paths(): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    found[path] = {
      ...found[path],
      [endpoint.method.toLowerCase()]: operation(endpoint),
    };
  }
  return found;
}

function operation(endpoint: Endpoint) {
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    description: sayDeclared(endpoint),
    parameters: [
      ...parameters(endpoint.params, 'path'),
      ...parameters(endpoint.query, 'query'),
    ],
    ...(takesBody(endpoint) && { requestBody: requestBody(endpoint) }),
    responses: {
      '200': {
        description: endpoint.stream
          ? 'One entry a line'
          : 'What was asked for',
        content: {
          [endpoint.stream ? 'application/x-ndjson' : 'application/json']: {
            schema: reference(responseName(endpoint)),
          },
          ...(endpoint.stream && { 'text/plain': {} }),
        },
      },
      ...problemReferences(endpoint),
    },
  };
}

const TOO_LONG = '431.too-long';

/** By status, what else the endpoint may answer; many endpoints share these. */
function problemReferences(endpoint: Endpoint) {
  const shared = [...problemsOf(endpoint)].map(
    ([status, codes]) => [status, responseNameOf(status, codes)] as const,
  );
  return Object.fromEntries(
    [...shared, [431, TOO_LONG] as const].map(([status, name]) => [
      status,
      { $ref: `#/components/responses/${name}` },
    ]),
  );
}

function componentResponses() {
  return {
    ...Object.fromEntries(
      endpoints.flatMap(endpoint =>
        [...problemsOf(endpoint)].map(([status, codes]) => [
          responseNameOf(status, codes),
          problemResponse(status, codes),
        ]),
      ),
    ),
    [TOO_LONG]: {
      description:
        'Path, query and headers are longer than 16 KB together. Node answers it, without a body',
    },
  };
}

function responseNameOf(status: number, codes: string[]): string {
  return `${status}.${codes.join('.')}`;
}

function problemResponse(status: number, codes: string[]) {
  return {
    description: `Why not: ${codes.map(code => `\`${code}\``).join(', ')}`,
    content: {
      'application/problem+json': {
        schema: {
          allOf: [reference('ProblemResponse')],
          properties: { code: { enum: codes }, status: { const: status } },
        },
      },
      ...(status === 401 && {
        'application/json': { schema: reference('PortalRefusal') },
      }),
    },
  };
}

function parameters(schema: z.ZodObject, where: 'path' | 'query') {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || !z.safeParse(z.object({ field }), {}).success,
    ...(where === 'query' && { style: 'form', explode: true }),
    schema: withoutDialect(z.toJSONSchema(field, { io: 'input' })),
  }));
}

function takesBody({ body }: Endpoint): boolean {
  return !(body instanceof z.ZodUndefined);
}

function requestBody(endpoint: Endpoint) {
  return {
    required: !endpoint.body.safeParse(undefined).success,
    content: { 'application/json': { schema: reference(bodyName(endpoint)) } },
  };
}

function componentSchemas(): Record<string, JsonObject> {
  const registry = z.registry<{ id: string }>();
  const inputs = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named))
    registry.add(schema, { id });
  for (const endpoint of endpoints) {
    const { response, body } = endpoint;
    if (!registry.has(response)) {
      registry.add(response, { id: responseName(endpoint) });
    }
    if (takesBody(endpoint) && !registry.has(body)) {
      inputs.add(body, { id: bodyName(endpoint) });
    }
  }
  const uri = (id: string) => `#/components/schemas/${id}`;
  return Object.fromEntries(
    [
      ...Object.entries(
        z.toJSONSchema(registry, { uri, io: 'output' }).schemas,
      ),
      ...Object.entries(z.toJSONSchema(inputs, { uri, io: 'input' }).schemas),
    ].map(([name, schema]) => [name, withoutDialect(schema)]),
  );
}

function nameOf(schema: z.ZodType): string | undefined {
  return Object.entries(named).find(([, known]) => known === schema)?.[0];
}

function responseName({ response, operationId }: Endpoint): string {
  return nameOf(response) ?? `${capitalised(operationId)}Response`;
}

function bodyName({ body, operationId }: Endpoint): string {
  return nameOf(body) ?? `${capitalised(operationId)}Body`;
}

function reference(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

/** The document as a whole names its dialect. */
function withoutDialect(schema: object): JsonObject {
  const { $schema, $id, id, ...rest } = JSON.parse(JSON.stringify(schema));
  return rest;
}
