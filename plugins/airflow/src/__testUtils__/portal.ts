import { toastApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  AuthorizeResult,
  type EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';
import type { ReactNode } from 'react';
import airflowPlugin, { airflowApiRef } from '..';
import { noFacets } from './alerts';
import { fakeApi, type Answers } from './fakeApi';

/** A portal of the new frontend system at an address, over a backend that answers what the test says. */
export function portal(
  path: string,
  answers: Answers,
  may: (request: EvaluatePermissionRequest) => boolean = () => true,
) {
  const { api, askedOf, askedFor } = fakeApi({
    listAlertFacets: () => noFacets,
    ...answers,
  });
  const listeners: (() => void)[] = [];
  const toasts: ReactNode[] = [];
  renderTestApp({
    features: [airflowPlugin],
    initialRouteEntries: [path],
    apis: [
      [airflowApiRef, api],
      mockApis.permission({
        authorize: request =>
          may(request) ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      }),
      [
        toastApiRef,
        {
          post: ({ title }) => {
            toasts.push(title);
            return { close: () => undefined };
          },
        },
      ],
      [
        signalApiRef,
        {
          subscribe: (channel, onMessage) => {
            // A message is whatever the wire holds, as the real client reads it.
            if (channel === 'airflow') {
              listeners.push(() => onMessage(JSON.parse('{}')));
            }
            return { unsubscribe: () => undefined };
          },
        },
      ],
    ],
  });
  return {
    askedOf,
    askedFor,
    /** The titles of what was told as a toast. */
    toasts,
    signal: () => act(() => listeners.forEach(tell => tell())),
  };
}
