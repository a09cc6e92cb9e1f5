import {
  airflowAlertReadPermission,
  airflowClusterReadPermission,
  airflowDagReadPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowEndpoints,
  type Endpoint,
  type EndpointSubjects,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Permission } from '@backstage/plugin-permission-common';
import { z } from 'zod';

/** What is asked for besides the permission that an endpoint declares, so that its subject may be read at all. */
const reading: Record<keyof EndpointSubjects, Permission> = {
  cluster: airflowClusterReadPermission,
  dag: airflowDagReadPermission,
  clusters: airflowClusterReadPermission,
  dags: airflowDagReadPermission,
  files: airflowClusterReadPermission,
  alerts: airflowAlertReadPermission,
  'each-alert': airflowAlertReadPermission,
};

const inPlaces = { airflow: 'Airflow', portal: 'the portal' } as const;

/** The names of the permissions without any one of which an endpoint refuses. */
export function neededBy({ needs }: Endpoint): string[] {
  const { basic, of, permission } = needs;
  const asked = [...(basic ? [basic] : []), reading[of], permission];
  return [...new Set(asked.map(({ name }) => name))];
}

/** What an endpoint declares, in words. */
export function sayDeclared(endpoint: Endpoint): string {
  const { body, writes } = endpoint;
  const needs = `Needs ${needsOf(endpoint)}.`;
  if (!writes) return needs;
  const hasDryRun = body instanceof z.ZodObject && 'dryRun' in body.shape;
  return [
    needs,
    ...(writes.to === 'airflow' ? ['Refused on a read-only cluster.'] : []),
    `Audited as ${listed(writes.events, ' or ')}${
      hasDryRun ? ', but for a dry run' : ''
    }.`,
  ].join(' ');
}

/** The table of docs/permissions.md that says of every endpoint what it declares. */
export function declaredTable(): string {
  const rows = Object.values<Endpoint>(airflowEndpoints).map(endpoint => [
    named(endpoint),
    needsOf(endpoint),
    endpoint.writes ? inPlaces[endpoint.writes.to] : '',
    listed(endpoint.writes?.events ?? [], ', '),
  ]);
  return [
    ['endpoint', 'needs', 'changes', 'audit event'],
    ['---', '---', '---', '---'],
    ...rows,
  ]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function needsOf(endpoint: Endpoint): string {
  const needed = listed(neededBy(endpoint), ' and ');
  const first = endpoint.writes?.first;
  return first
    ? `${needed}, and what ${named(
        first.endpoint,
      )} needs where it does that first`
    : needed;
}

function named({ method, path }: Endpoint): string {
  return `\`${method} ${path}\``;
}

function listed(names: readonly string[], between: string): string {
  return names.map(name => `\`${name}\``).join(between);
}
