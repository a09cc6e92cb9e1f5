import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';

/** Names a page in its tab of the browser, in the history and in bookmarks, and then the portal. */
export function usePageTitle(title: string): void {
  const app =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Backstage';
  useEffect(() => {
    // The header of the old frontend system sets its own in the frame after it is drawn.
    const frame = requestAnimationFrame(() => {
      document.title = `${title} | ${app}`;
    });
    return () => {
      cancelAnimationFrame(frame);
      document.title = app;
    };
  }, [title, app]);
}
