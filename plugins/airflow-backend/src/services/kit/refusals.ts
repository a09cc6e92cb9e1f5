import type { Permission } from '@backstage/plugin-permission-common';
import type { RegisteredCluster } from '../../clusters';
import { ProblemError } from './ProblemError';

/** @param where - such as `on cluster prod`, when it is allowed elsewhere */
export function notAllowed(
  permission: Permission,
  where?: string,
): ProblemError {
  const words = ['You lack the permission', permission.name, where];
  return new ProblemError({
    code: 'not-allowed',
    message: words.filter(Boolean).join(' '),
    hint: "Ask those who keep the portal's permission policy",
  });
}

export function readOnly({ name, title }: RegisteredCluster): ProblemError {
  return new ProblemError({
    code: 'read-only',
    cluster: name,
    message: `Cluster ${title} is read-only in the portal`,
    hint: 'Do it in Airflow itself, or have readOnly removed from its configuration',
  });
}
