import { linesOf } from './lines';

const LONGEST = 256 * 1024;

/** The lines of bytes that arrive in these pieces. */
async function lines(...pieces: (string | Uint8Array)[]) {
  async function* arriving() {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const read: string[] = [];
  for await (const line of linesOf(arriving())) read.push(line);
  return read;
}

describe('the lines of a stream of bytes', () => {
  it.each([
    [[''], []],
    [['one\ntwo\n'], ['one', 'two']],
    [['one\ntwo'], ['one', 'two']],
    [['\n\none'], ['', '', 'one']],
    [
      ['o', 'ne\n', 't', 'wo'],
      ['one', 'two'],
    ],
    [['one\r\ntwo\r\n'], ['one', 'two']],
    [
      ['one\r', '\ntwo\r'],
      ['one', 'two'],
    ],
    [['10 %\r20 %\r\n'], ['10 %\r20 %']],
  ])('of %j are %j', async (pieces, read) => {
    expect(await lines(...pieces)).toEqual(read);
  });

  it('leaves characters whole wherever the bytes are split', async () => {
    const text = 'größer als 3 € 🙂';
    const bytes = Buffer.from(text);
    for (let at = 1; at < bytes.length; at++) {
      const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
      expect(await lines(...pieces)).toEqual([text]);
    }
    const each = Array.from(bytes, byte => Uint8Array.of(byte));
    expect(await lines(...each)).toEqual([text]);
  });

  it('shows a character of which the end never came as one that cannot be read', async () => {
    expect(await lines(Buffer.from('5 €').subarray(0, -1))).toEqual(['5 �']);
  });

  it('keeps a line of 256 KiB, and says how much it cut off a longer one', async () => {
    const longest = 'x'.repeat(LONGEST);
    const [whole] = await lines(`${longest}\n`);
    expect(whole.length).toBe(LONGEST);
    const [cut, next] = await lines(longest, 'y', 'yy\n', 'next');
    expect(cut.slice(LONGEST - 1)).toBe('x … (3 more characters)');
    expect(next).toBe('next');
  });

  it.each([[['yyy\r\n']], [['yyy', '\r\n']], [['yyy\r', '\n']], [['yyy\r']]])(
    'counts no line end among what it cut off, as of %j',
    async ends => {
      const [cut] = await lines('x'.repeat(LONGEST), ...ends);
      expect(cut.slice(LONGEST - 1)).toBe('x … (3 more characters)');
    },
  );

  it('keeps of a long line that writes over itself how it begins and what it wrote last', async () => {
    const bars = Array.from({ length: 50_000 }, (_, i) => `${i} rows`);
    const [line] = await lines('Loading\r', bars.join('\r'));
    expect(line).toBe(`Loading\r49999 rows`);
  });

  it('keeps a longer line of JSON one of JSON', async () => {
    const event = JSON.stringify({ event: 'x'.repeat(LONGEST), level: 'info' });
    const [line] = await lines(event.slice(0, 999), event.slice(999));
    expect(line.length).toBeLessThan(LONGEST);
    expect(JSON.parse(line)).toMatchObject({ level: 'info' });
  });
});
