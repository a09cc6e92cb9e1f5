import type { ComponentHealth } from '@airflow-fleet/backstage-plugin-airflow-common';
import { clockOf, wasSetBack } from './clock';

const readAt = new Date('2026-11-24T03:00:00.000Z');
const asked = { begunAt: readAt, endedAt: readAt };
const MINUTE = 60;

function told(seconds: number, lastSeconds = seconds) {
  return {
    offsetMs: seconds * 1_000,
    lastOffsetMs: lastSeconds * 1_000,
    measuredAt: readAt,
  };
}

function beat(
  seconds: number,
  status: ComponentHealth['status'] = 'healthy',
): ComponentHealth {
  const at = new Date(readAt.getTime() + seconds * 1_000);
  return { name: 'scheduler', status, heartbeatAt: at.toISOString() };
}

const metadatabase: ComponentHealth = {
  name: 'metadatabase',
  status: 'healthy',
  heartbeatAt: null,
};

describe('clockOf', () => {
  it.each<[string, number | undefined, ComponentHealth[], number | undefined]>([
    ['the Date says so and heartbeats agree', -360, [beat(-365)], -360],
    ['the Date says none and heartbeats agree', 0, [beat(-25)], 0],
    ['the Date is ahead and heartbeats agree', 600, [beat(590)], 600],
    ['no component beats', -360, [metadatabase], -360],
    ['what beats is dead', 0, [beat(-86_400, 'unhealthy')], 0],
    ["a proxy's Date hides that it is behind", 0, [beat(-360)], -360],
    ["a proxy's Date hides that it is ahead", 0, [beat(360)], 360],
    ["a proxy's own clock is apart", 3_600, [beat(-4)], -4],
    ['one of many beats slowly', 0, [beat(-5), beat(-20 * MINUTE)], 0],
    ['there is no Date and heartbeats say none', undefined, [beat(-5)], 0],
    ['there is no Date and it is behind', undefined, [beat(-360)], -360],
    ['nothing tells', undefined, [metadatabase], undefined],
  ])('where %s', (_what, date, components, seconds) => {
    const clock = clockOf(
      date === undefined ? undefined : told(date),
      components,
      asked,
    );
    expect(clock).toEqual(
      seconds === undefined
        ? null
        : { offsetMs: seconds * 1_000, measuredAt: readAt.toISOString() },
    );
  });
});

describe('clockOf, where the portal stood still for ten minutes before it heard the answer', () => {
  const endedAt = new Date(readAt.getTime() + 10 * MINUTE * 1_000);

  it.each([
    ['was made at once', beat(-5), 0],
    ['was made at last', beat(10 * MINUTE - 5), 0],
    ['is of a clock far behind, behind a proxy', beat(-60 * MINUTE), -4_200],
  ])('that %s', (_what, component, seconds) => {
    const clock = clockOf(told(0), [component], { begunAt: readAt, endedAt });
    expect(clock?.offsetMs).toBe(seconds * 1_000);
  });
});

describe('clockOf, of a cluster that was read before', () => {
  it.each<[string, ComponentHealth[], ComponentHealth[], number]>([
    [
      'was set back, and shows the last beat of before',
      [beat(290)],
      [beat(290)],
      0,
    ],
    ['is ahead behind a proxy, and beats', [beat(290)], [beat(280)], 290],
    ['is behind a proxy, and stands still', [beat(-300)], [beat(-300)], 0],
  ])('where it %s', (_what, components, before, seconds) => {
    expect(clockOf(told(0), components, asked, before)).toEqual({
      offsetMs: seconds * 1_000,
      measuredAt: readAt.toISOString(),
    });
  });

  it('tells nothing where neither answers nor heartbeats do', () => {
    expect(clockOf(undefined, [beat(-5)], asked, [beat(-5)])).toBeNull();
  });
});

describe('wasSetBack', () => {
  it.each([
    ['nothing told before', undefined, told(0), false],
    ['nothing tells now', told(0), undefined, false],
    ['it goes on', told(-360), told(-361), false],
    ['it was set forward', told(0), told(360), false],
    ['it was set back, by the last answer', told(0), told(0, -360), true],
    ['it was ahead and is right', told(360), told(360, 0), true],
  ])('where %s', (_what, before, after, expected) => {
    expect(wasSetBack(before, after)).toBe(expected);
  });
});
