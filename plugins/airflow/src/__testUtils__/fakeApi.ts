import type { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowApi } from '..';

/** What was given to an endpoint. */
export interface Given {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body?: unknown;
}

/** How a test answers each endpoint; an error that is thrown is what the backend refused. */
export type Answers = {
  [K in keyof typeof airflowEndpoints]?: (given: Given) => unknown;
};

/** An API that answers by the contract what the test says, and remembers what it was asked. */
export function fakeApi(answers: Answers) {
  const asked: { operationId: string; given: Given }[] = [];
  const byName = new Map(Object.entries(answers));
  const api: AirflowApi = {
    call: async (endpoint, { params, query, body }) => {
      const given = { params, query, body };
      asked.push({ operationId: endpoint.operationId, given });
      const answer = byName.get(endpoint.operationId);
      if (!answer) throw new Error(`${endpoint.operationId} is not answered`);
      return endpoint.response.parse(await answer(given));
    },
    stream: ({ operationId }, { params, query }) => {
      asked.push({ operationId, given: { params, query } });
      throw new Error('nothing is streamed here');
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
