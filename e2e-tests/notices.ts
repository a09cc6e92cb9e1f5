import { expect, type Locator } from '@playwright/test';
import { z } from 'zod';
import type { Person } from './people';

const noticesSchema = z.object({
  notifications: z.array(z.object({ id: z.string() })),
});

/** Opens the page of Backstage's notifications with nothing unread, so that what comes is new. */
export async function openReadNotices(person: Person): Promise<void> {
  const { page } = person;
  // Others may arrive meanwhile. The bell is told of what was read while its page is loading by nobody, so it is read first.
  await expect
    .poll(async () => {
      await readNotices(person);
      const counted = page.waitForResponse(/\/api\/notifications\/status/);
      await page.goto('/notifications');
      await counted;
      return bellOf(person);
    })
    .toBe(0);
}

async function readNotices(person: Person): Promise<void> {
  const answer = await person.get(
    '/api/notifications/notifications?read=false&limit=500',
  );
  const { notifications } = noticesSchema.parse(await answer.json());
  if (notifications.length === 0) return;
  await person.post('/api/notifications/notifications/update', {
    ids: notifications.map(({ id }) => id),
    read: true,
  });
}

/** An entry of the page of notifications by its title. */
export function noticeOf({ page }: Person, title: string): Locator {
  return page.getByRole('link', { name: title, exact: true });
}

/** The number at the bell in the sidebar. */
export async function bellOf({ page }: Person): Promise<number> {
  const bell = page
    .getByTestId('sidebar-root')
    .getByRole('link', { name: 'Notifications' });
  await expect(bell).toBeVisible();
  const [count] = /\d+/.exec(await bell.innerText()) ?? ['0'];
  return Number(count);
}
