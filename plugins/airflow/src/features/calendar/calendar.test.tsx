import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { dagPortal } from '../../__testUtils__/dagPortal';

describe('the calendar of a DAG', () => {
  it('tells each day of a year, and the hours of one that is chosen', async () => {
    const { askedOf } = dagPortal(
      '?tab=calendar&zone=Asia/Tokyo&until=2026-11-25',
      {
        getCalendar: () => ({
          items: [
            {
              startsAt: '2026-11-22T15:00:00.000Z',
              success: 3,
              failed: 1,
              unfinished: 0,
            },
          ],
          storedSince: '2026-11-20T00:00:00.000Z',
        }),
      },
    );
    const day = await screen.findByRole('button', {
      name: 'Mon 23 Nov 2026: 3 successful, 1 failed',
    });
    expect(
      screen.getByRole('button', { name: 'Thu 19 Nov 2026: not stored' }),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Sun 22 Nov 2026: no runs' }),
    ).toBeVisible();
    expect(askedOf('getCalendar')[0].query).toEqual({
      by: 'day',
      from: '2025-11-24',
      to: '2026-11-25',
      zone: 'Asia/Tokyo',
    });
    day.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement).toHaveAttribute('data-day', '2026-11-22');
    await userEvent.click(day);
    const hours = await screen.findByRole('region', { name: 'Runs by hour' });
    expect(hours).toHaveTextContent('Mon 23 Nov');
    await waitFor(() =>
      expect(askedOf('getCalendar').at(-1)?.query).toMatchObject({
        by: 'hour',
        from: '2026-11-10',
        to: '2026-11-23',
      }),
    );
  });
});
