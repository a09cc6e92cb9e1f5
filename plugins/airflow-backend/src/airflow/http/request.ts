import {
  membersOf,
  objectOf,
  type JsonText,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { TransportRequest } from '../transport';
import type { Door } from './CredentialPauses';

export type Query = Record<
  string,
  string | number | boolean | readonly string[] | undefined
>;

/** One request to Airflow; the path is below the base URL. */
export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  query?: Query;
  /** Sent as JSON. */
  body?: Record<string, unknown>;
  /** Members of the body that are JSON already, and are sent as they are written. */
  written?: Record<string, JsonText | undefined>;
  /** Members of the answer, wherever they are, that are given as the text that they are written in. */
  exact?: readonly string[];
  accept?: string;
  isolating?: boolean;
  /** `rest` when left out. */
  door?: Door;
}

function toUrl(baseUrl: string, { path, query = {} }: ApiRequest): URL {
  const url = new URL(baseUrl + path);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const item of [value].flat()) {
      url.searchParams.append(name, String(item));
    }
  }
  return url;
}

function toJson(
  body: Record<string, unknown>,
  written: Record<string, JsonText | undefined> = {},
): JsonText {
  const members = membersOf(JSON.stringify(body));
  for (const [name, text] of Object.entries(written)) {
    if (text !== undefined) members.set(name, text);
  }
  return objectOf(members);
}

/** A request as it is sent, with the headers that sign it. */
export function toSent(
  baseUrl: string,
  request: ApiRequest,
  headers: Record<string, string>,
): TransportRequest {
  const { method = 'GET', body, written, accept, isolating } = request;
  return {
    method,
    url: toUrl(baseUrl, request),
    headers: {
      ...headers,
      ...(accept && { accept }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body && toJson(body, written),
    isolating,
  };
}
