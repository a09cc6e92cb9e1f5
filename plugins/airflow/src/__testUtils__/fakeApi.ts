import {
  unknownKeyIn,
  type airflowEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import { AirflowApiError, type AirflowApi } from '..';

/** What was given to an endpoint. */
export interface Given {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body?: unknown;
}

/**
 * How a test answers each endpoint, with a list where the answer is streamed; an error that is thrown is what the
 * backend refused.
 */
export type Answers = {
  [K in keyof typeof airflowEndpoints]?: (given: Given) => unknown;
};

/** Answers that the reader may not do this. */
export function refuses(message: string) {
  return (): never => {
    throw new AirflowApiError(403, { code: 'not-allowed', message });
  };
}

/** An API that answers by the contract what the test says, and remembers what it was asked. */
export function fakeApi(answers: Answers) {
  const asked: { operationId: string; given: Given }[] = [];
  const byName = new Map(Object.entries(answers));
  const answer = (operationId: string, given: Given) => {
    asked.push({ operationId, given });
    const own = byName.get(operationId);
    if (!own) throw new Error(`${operationId} is not answered`);
    return own(given);
  };
  const api: AirflowApi = {
    call: async (endpoint, { params, query, body }) => {
      const given = { params, query, body };
      const unknown =
        unknownKeyIn(endpoint.query, query) ??
        unknownKeyIn(endpoint.body, body);
      if (unknown) throw new Error(`${unknown.path} is not known`);
      return endpoint.response.parse(await answer(endpoint.operationId, given));
    },
    stream: async function* stream(endpoint, { params, query }) {
      yield* z
        .array(endpoint.response)
        .parse(await answer(endpoint.operationId, { params, query }));
    },
    download: async () => new Blob(),
  };
  const askedOf = (operationId: keyof typeof airflowEndpoints) =>
    asked
      .filter(call => call.operationId === operationId)
      .map(({ given }) => given);
  return {
    api,
    askedOf,
    /** The endpoints that were asked, each once. */
    askedFor: () => new Set(asked.map(({ operationId }) => operationId)),
  };
}
