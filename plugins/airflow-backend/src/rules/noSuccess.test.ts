import { readAt } from '../__testUtils__/alerts';
import {
  anyRule,
  dueAt,
  failing,
  proofIn,
  read,
  run,
} from '../__testUtils__/dagFacts';
import type { Rule } from './index';
import type { ClusterFacts } from '../model/clusterFacts';
import { findAll } from './index';

const noSuccess: Rule = {
  ...anyRule,
  name: 'no-success',
  type: 'no-success',
  withinMs: 26 * 60 * 60_000,
};

describe('no-success', () => {
  const at = '2026-11-25T04:06:00.000Z';
  const facts = read({ lastSuccess: run(2) }, at);

  it('finds a DAG that succeeded too long ago', () => {
    expect(findAll(facts, [noSuccess])[0]).toMatchObject({
      title: 'load_orders has not succeeded for 26 h',
      observed: 'It last succeeded at 2026-11-24 02:05 UTC, with run run 2',
      expected: 'A run succeeds at least once in 26 h',
      since: '2026-11-25T04:05:00.000Z',
      occurrence: 'run 2',
    });
  });

  it('counts from when a DAG was first seen that never succeeded', () => {
    expect(findAll(read({ firstSeenAt: readAt }, at), [noSuccess])).toEqual([]);
    expect(
      findAll(read({ firstSeenAt: dueAt(2) }, at), [noSuccess])[0],
    ).toMatchObject({
      observed:
        'It has not succeeded since it was first seen at 2026-11-24 02:00 UTC',
      occurrence: 'never',
    });
  });

  it.each([
    [
      'the time is not over',
      read({ lastSuccess: run(2) }, '2026-11-25T04:05:00.000Z'),
    ],
    [
      'the time was not over when runs were last read',
      { ...read({ lastSuccess: run(2) }), now: new Date(at) },
    ],
    ['it is paused', read({ lastSuccess: run(2), paused: true }, at)],
    ['nobody knows since when it is there', read({ firstSeenAt: null }, at)],
    ['runs cannot be read now', failing(facts)],
  ])('finds nothing when %s', (_when, well) => {
    expect(findAll(well, [noSuccess])).toEqual([]);
  });

  it.each<[string, ClusterFacts, string | null]>([
    ['nothing succeeded', read({ lastSuccess: run(2) }, at), null],
    [
      'a run succeeded',
      read(
        { lastSuccess: run(4, { endedAt: '2026-11-25T04:06:30.000Z' }) },
        '2026-11-25T04:07:00.000Z',
      ),
      'Run run 4 succeeded at 2026-11-25 04:06 UTC',
    ],
    [
      'runs cannot be read now',
      failing(read({ lastSuccess: run(23) }, at)),
      null,
    ],
    [
      'it was paused',
      read({ lastSuccess: run(2), paused: true }, at),
      'load_orders is paused, so no run is expected of it',
    ],
  ])('as to a proof, when %s', (_when, now, text) => {
    expect(proofIn(now, noSuccess, facts)?.text ?? null).toBe(text);
  });
});
