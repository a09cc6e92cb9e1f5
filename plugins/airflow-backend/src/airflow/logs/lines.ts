/** A longer line is cut here, so that memory stays bounded whatever a task prints. */
const LONGEST_LINE = 256 * 1024;

/** Cuts a stream of bytes into lines, holding one line at a time. */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  let cut = 0;
  const finished = (line: string) => {
    const whole = cut > 0 ? `${line} … (${cut} more characters)` : line;
    cut = 0;
    return whole.endsWith('\r') ? whole.slice(0, -1) : whole;
  };
  for await (const bytes of stream) {
    const [first, ...rest] = decoder
      .decode(bytes, { stream: true })
      .split('\n');
    held += first;
    for (const next of rest) {
      yield finished(held);
      held = next;
    }
    if (held.length > LONGEST_LINE) {
      cut += held.length - LONGEST_LINE;
      held = held.slice(0, LONGEST_LINE);
    }
  }
  held += decoder.decode();
  if (held !== '') yield finished(held);
}
