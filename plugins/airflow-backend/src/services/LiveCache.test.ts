import { LiveCache } from './LiveCache';

function makeCache() {
  return new LiveCache<{ nr: number }>({ maxSize: 10, sizeOf: () => 1 });
}

/** Counts how often it is asked, and answers when told. */
function source() {
  let asked = 0;
  const waiting: (() => void)[] = [];
  return {
    asked: () => asked,
    answer: () => waiting.splice(0).forEach(go => go()),
    fetch: async () => {
      asked += 1;
      const value = { nr: asked };
      await new Promise<void>(resolve => waiting.push(resolve));
      return { value, keepMs: 60_000 };
    },
  };
}

describe('LiveCache', () => {
  it('fetches once for all who ask at the same time, and for those after', async () => {
    const cache = makeCache();
    const airflow = source();
    const both = Promise.all([
      cache.get(['a'], airflow.fetch),
      cache.get(['a'], airflow.fetch),
    ]);
    airflow.answer();
    expect(await both).toEqual([{ nr: 1 }, { nr: 1 }]);
    expect(await cache.get(['a'], airflow.fetch)).toEqual({ nr: 1 });
    expect(airflow.asked()).toBe(1);
  });

  it('remembers no failure', async () => {
    const cache = makeCache();
    const failing = async () => {
      throw new Error('down');
    };
    await expect(cache.get(['a'], failing)).rejects.toThrow('down');
    const airflow = source();
    const next = cache.get(['a'], airflow.fetch);
    airflow.answer();
    expect(await next).toEqual({ nr: 1 });
  });

  it('does not keep what was fetched before an action forgot it', async () => {
    const cache = makeCache();
    const airflow = source();
    const before = cache.get(['prod', 'dag', 'run'], airflow.fetch);
    cache.forget(['prod', 'dag']);
    const after = cache.get(['prod', 'dag', 'run'], airflow.fetch);
    airflow.answer();
    expect(await before).toEqual({ nr: 1 });
    expect(await after).toEqual({ nr: 2 });
    expect(await cache.get(['prod', 'dag', 'run'], airflow.fetch)).toEqual({
      nr: 2,
    });
  });

  it('forgets by whole parts of a key only', async () => {
    const cache = makeCache();
    const airflow = source();
    const first = cache.get(['prod', 'dag2'], airflow.fetch);
    airflow.answer();
    await first;
    cache.forget(['prod', 'dag']);
    expect(await cache.get(['prod', 'dag2'], airflow.fetch)).toEqual({ nr: 1 });
  });
});
