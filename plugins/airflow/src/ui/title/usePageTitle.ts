import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';

/** Names a page in its tab of the browser, in the history and in bookmarks, and then the portal. */
export function usePageTitle(title: string): void {
  const app =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Backstage';
  useEffect(() => keepTitle(`${title} | ${app}`), [title, app]);
  useEffect(
    () => () => {
      document.title = app;
    },
    [app],
  );
}

/**
 * The bell of the portal puts how many notices are unread before the title, and writes back an older one at times; the
 * page before, where it was of the old frontend system, takes its own away in the frame after it is gone.
 */
function keepTitle(wanted: string): () => void {
  const keep = () => {
    if (document.title.replace(/^\(\d+\) /, '') !== wanted) {
      document.title = wanted;
    }
  };
  keep();
  const observer = new MutationObserver(keep);
  observer.observe(document.head, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  return () => observer.disconnect();
}
