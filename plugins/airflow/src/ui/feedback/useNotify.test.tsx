import { AlertApiForwarder } from '@backstage/core-app-api';
import { alertApiRef } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/test-utils';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { useNotify } from './useNotify';

const told = {
  title: 'Cleared 2 task instances of load_orders',
  description: 'nightly',
  status: 'success',
} as const;

function tellWith(...apis: Parameters<typeof TestApiProvider>[0]['apis']) {
  const wrapper = (props: { children: ReactNode }) => (
    <TestApiProvider apis={apis}>{props.children}</TestApiProvider>
  );
  renderHook(useNotify, { wrapper }).result.current(told);
}

describe('telling what was done', () => {
  const alerts = new AlertApiForwarder();
  const shown: unknown[] = [];
  alerts.alert$().subscribe(({ message, severity }) => {
    shown.push([severity, message]);
  });
  beforeEach(() => {
    shown.length = 0;
  });

  it('is a toast where the portal has toasts', () => {
    const toasts = {
      post: ({ title }: { title?: ReactNode }) => {
        shown.push(title);
        return { close: () => undefined };
      },
    };
    tellWith([toastApiRef, toasts], [alertApiRef, alerts]);
    expect(shown).toEqual(['Cleared 2 task instances of load_orders']);
  });

  it('is an alert of the portal on the old frontend system', () => {
    tellWith([alertApiRef, alerts]);
    expect(shown).toEqual([
      ['success', 'Cleared 2 task instances of load_orders: nightly'],
    ]);
  });
});
