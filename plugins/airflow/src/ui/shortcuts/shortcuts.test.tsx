import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ShortcutProvider, useShortcuts } from '.';

function Page({ onKey, words }: { onKey: () => void; words: string }) {
  useShortcuts([{ key: 'x', words, act: onKey }]);
  return <p>{words}</p>;
}

function shown() {
  const acts = { outer: jest.fn(), inner: jest.fn() };
  const pages = (isInnerThere: boolean) => (
    <ShortcutProvider>
      <input aria-label="A field" />
      <div data-kind="airflow-page">
        <table>
          <tbody>
            {['a', 'b'].map(row => (
              <tr key={row}>
                <td>
                  <a href={`#${row}`}>{row}</a>
                  {/* As the bars of a DAG's runs are. */}
                  <ul>
                    <li>
                      <a href="#more">more of {row}</a>
                    </li>
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Page onKey={acts.outer} words="Of the page" />
      {isInnerThere && <Page onKey={acts.inner} words="Of the panel" />}
    </ShortcutProvider>
  );
  const { rerender } = render(pages(true));
  return { ...acts, closeInner: () => rerender(pages(false)) };
}

it('does what is nearest, and what is there no more no longer', async () => {
  const { outer, inner, closeInner } = shown();
  await userEvent.keyboard('x');
  expect([outer, inner].map(act => act.mock.calls.length)).toEqual([0, 1]);
  closeInner();
  await userEvent.keyboard('x');
  expect([outer, inner].map(act => act.mock.calls.length)).toEqual([1, 1]);
});

it('leaves the keys to who types, and to the browser', async () => {
  const { outer, inner } = shown();
  await userEvent.type(screen.getByLabelText('A field'), 'x');
  await userEvent.keyboard('/{Control>}x{/Control}');
  expect(screen.getByLabelText('A field')).toHaveValue('x/');
  expect([...outer.mock.calls, ...inner.mock.calls]).toEqual([]);
});

it('walks the rows of a list', async () => {
  shown();
  const at = async (keys: string) => {
    await userEvent.keyboard(keys);
    return document.activeElement?.textContent;
  };
  expect(await at('j')).toBe('a');
  expect(await at('j')).toBe('b');
  expect(await at('j')).toBe('b');
  expect(await at('k')).toBe('a');
  screen.getByRole('link', { name: 'more of b' }).focus();
  expect(await at('k')).toBe('a');
});

it('tells which keys there are', async () => {
  shown();
  await userEvent.keyboard('?');
  const help = await screen.findByRole('dialog');
  expect(help).toHaveTextContent('xOf the page');
  expect(help).toHaveTextContent('jNext row');
});
