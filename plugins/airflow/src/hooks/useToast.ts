import { useApiHolder } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';

const TOLD_MS = 8_000;

/** Tells briefly how a deed went, where the portal has a way to. */
export function useToast() {
  const toasts = useApiHolder().get(toastApiRef);
  return (title: string, description?: string) => {
    toasts?.post({ title, description, status: 'success', timeout: TOLD_MS });
  };
}
