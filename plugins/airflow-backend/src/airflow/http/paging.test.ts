import { EndlessList, MOST_PAGES, readPages, type PageReader } from './paging';

/** Reads a list to its end, or until it is refused. */
async function readAll(read: PageReader<{ id: number }>) {
  const items: { id: number }[] = [];
  let asked = 0;
  const pages = readPages(slice => {
    asked += 1;
    return read(slice);
  });
  try {
    for await (const page of pages) items.push(...page.items);
  } catch (error) {
    return { items, asked, error };
  }
  return { items, asked, error: undefined };
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: from + i }));

describe('a list', () => {
  it.each([
    ['ends with its total', 250, 250, 3],
    ['ends with an empty page where no total is told', 200, undefined, 3],
    ['ends with an empty page before a total that lies', 200, 1e9, 3],
    ['is empty', 0, 0, 1],
  ])('%s', async (_what, size, total, requests) => {
    const { items, asked, error } = await readAll(
      async ({ limit, offset }) => ({
        items: rows(0, size).slice(offset, offset + limit),
        odd: [],
        total,
      }),
    );
    expect(error).toBeUndefined();
    expect(items).toEqual(rows(0, size));
    expect(asked).toBe(requests);
  });

  it.each([
    ['the same page again', () => 0, 2],
    ['pages in turn', (offset: number) => offset % 300, 4],
  ])('that gives %s is read no further', async (_what, place, requests) => {
    const { asked, error } = await readAll(async ({ limit, offset }) => ({
      items: rows(place(offset), limit),
      odd: [],
      total: 1e9,
    }));
    expect(error).toBeInstanceOf(EndlessList);
    expect(asked).toBe(requests);
  });

  it('that always has more is read no further than any list goes', async () => {
    const { asked, error } = await readAll(async ({ offset }) => ({
      items: rows(offset, 1),
      odd: [],
      total: undefined,
    }));
    expect(error).toBeInstanceOf(EndlessList);
    expect(asked).toBe(MOST_PAGES + 1);
  });

  it('with pages of nothing but odd rows is read on', async () => {
    const { asked, error } = await readAll(async ({ offset }) => ({
      items: [],
      odd: offset < 300 ? Array(100).fill('odd') : [],
      total: undefined,
    }));
    expect(error).toBeUndefined();
    expect(asked).toBe(4);
  });
});
