import { askingFor, BusyError } from '../../airflow';
import { LiveKind } from './LiveKind';

function makeCache() {
  return new LiveKind<{ nr: number }>({ maxSize: 10, sizeOf: () => 1 });
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

describe('LiveKind', () => {
  it('fetches once for all who ask at the same time, and for those after', async () => {
    const cache = makeCache();
    const airflow = source();
    const both = Promise.all([
      cache.get(['prod', 'a'], airflow.fetch),
      cache.get(['prod', 'a'], airflow.fetch),
    ]);
    airflow.answer();
    expect(await both).toEqual([{ nr: 1 }, { nr: 1 }]);
    expect(await cache.get(['prod', 'a'], airflow.fetch)).toEqual({ nr: 1 });
    expect(airflow.asked()).toBe(1);
  });

  it('remembers no failure', async () => {
    const cache = makeCache();
    const failing = async () => {
      throw new Error('down');
    };
    await expect(cache.get(['prod', 'a'], failing)).rejects.toThrow('down');
    const airflow = source();
    const next = cache.get(['prod', 'a'], airflow.fetch);
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

describe('those who wait for one fetch', () => {
  /** Somebody who waits, and may leave. */
  function reader(name: string) {
    const left = new AbortController();
    return {
      leave: () => left.abort(),
      ask: (
        cache: LiveKind<{ nr: number }>,
        fetch: Parameters<typeof cache.get>[1],
      ) =>
        askingFor.run(
          { reader: name, signal: left.signal, hasBegun: false },
          () => cache.get(['prod', 'a'], fetch),
        ),
    };
  }

  /** Fetches for ever, and tells whether it was cut off. */
  function endless() {
    const signals: (AbortSignal | undefined)[] = [];
    return {
      signals,
      fetch: () => {
        const signal = askingFor.getStore()?.signal;
        signals.push(signal);
        return new Promise<never>((_, failed) => {
          signal?.addEventListener('abort', () => failed(signal.reason));
        });
      },
    };
  }

  it('end it when the last of them has left, and not before', async () => {
    const cache = makeCache();
    const { signals, fetch } = endless();
    const [ann, bob] = [reader('ann'), reader('bob')];
    const asked = [ann, bob].map(one => one.ask(cache, fetch));
    ann.leave();
    await expect(asked[0]).rejects.toThrow('aborted');
    expect(signals.map(signal => signal?.aborted)).toEqual([false]);
    bob.leave();
    await expect(asked[1]).rejects.toThrow('aborted');
    expect(signals.map(signal => signal?.aborted)).toEqual([true]);

    const airflow = source();
    const next = reader('cem').ask(cache, airflow.fetch);
    airflow.answer();
    expect(await next).toEqual({ nr: 1 });
  });

  it('are not held back by the share of who began it', async () => {
    const cache = makeCache();
    let refuse = (_: Error) => {};
    const first = reader('ann').ask(
      cache,
      () =>
        new Promise<never>((_, failed) => {
          refuse = failed;
        }),
    );
    const airflow = source();
    const second = reader('bob').ask(cache, airflow.fetch);
    refuse(
      new BusyError({
        code: 'too-many-requests',
        cluster: 'prod',
        message: 'You asked for too much',
        hint: 'Wait',
        retryAfterMs: 1_000,
      }),
    );
    await expect(first).rejects.toThrow('You asked for too much');
    await new Promise(setImmediate);
    airflow.answer();
    expect(await second).toEqual({ nr: 1 });
  });

  it('are not cut off with something wider that ended it', async () => {
    const cache = makeCache();
    let end = (_: Error) => {};
    const first = reader('ann').ask(
      cache,
      () =>
        new Promise<never>((_, failed) => {
          end = failed;
        }),
    );
    const airflow = source();
    const second = reader('bob').ask(cache, airflow.fetch);
    end(new DOMException('The others left', 'AbortError'));
    await expect(first).rejects.toThrow('The others left');
    await new Promise(setImmediate);
    airflow.answer();
    expect(await second).toEqual({ nr: 1 });
  });
});
