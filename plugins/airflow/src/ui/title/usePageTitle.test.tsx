import { renderInTestApp } from '@backstage/test-utils';
import { waitFor } from '@testing-library/react';
import { usePageTitle } from './usePageTitle';

function Page() {
  usePageTitle('✖ load_orders');
  return null;
}

it('stays the title, whatever is written back, with how many notices are unread before it', async () => {
  const { unmount } = await renderInTestApp(<Page />);
  const ours = /^✖ load_orders \| /;
  expect(document.title).toMatch(ours);
  const counted = `(3) ${document.title}`;
  document.title = '(3) The page before';
  await waitFor(() => expect(document.title).toMatch(ours));
  document.title = counted;
  await Promise.resolve();
  expect(document.title).toBe(counted);
  unmount();
  expect(document.title).not.toMatch(/load_orders/);
});
