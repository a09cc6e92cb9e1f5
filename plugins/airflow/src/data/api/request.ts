import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';

type Values = Record<string, unknown>;

/** Path and query of a call; each id is encoded once, lists repeat their key. */
export function requestPath(
  endpoint: Endpoint,
  params: Values,
  query: Values,
): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) search.append(key, String(one));
    }
  }
  return search.size > 0 ? `${path}?${search}` : path;
}
