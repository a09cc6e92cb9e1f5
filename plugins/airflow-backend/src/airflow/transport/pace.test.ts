import { paced, type Pace } from './pace';

const pace: Pace = {
  fullSpeedBytes: 1_000,
  bytesPerSecond: 10_000,
  longestMs: 400,
};

/** Chunks of a hundred bytes without end, and how many were asked for. */
function endless() {
  const stream = {
    given: 0,
    async *chunks() {
      for (;;) {
        stream.given += 1;
        yield Buffer.alloc(100);
      }
    },
  };
  return stream;
}

const tooLong = () => new Error('it does not end');

async function read(
  chunks: AsyncIterable<Uint8Array>,
  options: { signal?: AbortSignal } = {},
) {
  let bytes = 0;
  const outcome = (async () => {
    for await (const chunk of paced(chunks, pace, { ...options, tooLong })) {
      bytes += chunk.length;
    }
  })();
  const error = await outcome.catch((thrown: unknown) => thrown);
  return { bytes, error };
}

describe('a stream at a pace', () => {
  it('that is short comes whole', async () => {
    const chunks = (async function* short() {
      yield Buffer.alloc(400);
      yield Buffer.alloc(500);
    })();
    expect(await read(chunks)).toEqual({ bytes: 900, error: undefined });
  });

  it('that does not end comes slowly after a while, and is left', async () => {
    const stream = endless();
    const { bytes, error } = await read(stream.chunks());
    expect(error).toEqual(tooLong());
    // At full speed there would be thousands of them; by the pace there are 40 within the time.
    expect(bytes).toBeLessThanOrEqual(1_000 + 42 * 100);
    expect(stream.given).toBeLessThanOrEqual(52);
  });

  it('is left at once by who leaves it', async () => {
    const left = new AbortController();
    const chunks = (async function* one() {
      yield Buffer.alloc(1_000);
      yield Buffer.alloc(1_000_000);
      left.abort();
      yield Buffer.alloc(100);
    })();
    setImmediate(() => left.abort());
    const { error } = await read(chunks, { signal: left.signal });
    expect(error).toMatchObject({ name: 'AbortError' });
  });
});
