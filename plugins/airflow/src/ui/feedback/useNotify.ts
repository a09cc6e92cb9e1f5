import { alertApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';

const SHOWN_MS = 8_000;

/** What was done, and to what. */
export interface Shown {
  title: string;
  description: string;
  status: 'success' | 'info';
}

/** Says for a moment what was done: as a toast, or as the old frontend system does. */
export function useNotify(): (shown: Shown) => void {
  const apis = useApiHolder();
  return ({ title, description, status }) => {
    const toasts = apis.get(toastApiRef);
    if (toasts) {
      toasts.post({ title, description, status, timeout: SHOWN_MS });
      return;
    }
    apis.get(alertApiRef)?.post({
      message: `${title}: ${description}`,
      severity: status,
      display: 'transient',
    });
  };
}
