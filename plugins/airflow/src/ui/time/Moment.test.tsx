import { act, render, screen } from '@testing-library/react';
import { Moment } from './Moment';

describe('Moment', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-25T02:00:00Z') });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('grows older by itself', () => {
    render(<Moment at="2026-11-25T02:00:00Z" />);
    expect(screen.getByText(/\(0 s ago\)/)).toBeVisible();
    act(() => jest.advanceTimersByTime(10_000));
    expect(screen.getByText(/\(10 s ago\)/)).toBeVisible();
  });

  it('never says of what has just happened that it is to come', () => {
    const { rerender } = render(<Moment at="2026-11-25T01:00:00Z" />);
    jest.setSystemTime(Date.parse('2026-11-25T02:00:08Z'));
    rerender(<Moment at="2026-11-25T02:00:07Z" />);
    expect(screen.getByText(/\(1 s ago\)/)).toBeVisible();
  });

  it('tells every age of a page by the same moment', () => {
    const older = <Moment at="2026-11-25T01:59:50Z" />;
    const { rerender } = render(older);
    jest.setSystemTime(Date.parse('2026-11-25T02:00:05Z'));
    rerender(
      <>
        {older}
        <Moment at="2026-11-25T01:59:49Z" />
        <Moment at="2026-11-25T02:00:03Z" />
      </>,
    );
    expect(
      screen.getAllByText(/ago/).map(age => age.textContent?.slice(-10)),
    ).toEqual(['(15 s ago)', '(16 s ago)', ' (2 s ago)']);
  });
});
