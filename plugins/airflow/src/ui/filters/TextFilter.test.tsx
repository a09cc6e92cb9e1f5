import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { TextFilter } from './TextFilter';

function shown() {
  const onChange = jest.fn();
  const filter = (text: string) => (
    <TextFilter text={text} placeholder="id" onChange={onChange} />
  );
  const { rerender } = render(filter(''));
  return {
    onChange,
    field: screen.getByRole('searchbox'),
    set: (text: string) => rerender(filter(text)),
  };
}

it('keeps what is typed while what was typed before is taken up', async () => {
  const { onChange, field, set } = shown();
  await userEvent.type(field, 'ab');
  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('ab'));
  await userEvent.type(field, 'c');
  set('ab');
  expect(field).toHaveValue('abc');
  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('abc'));
});

it('shows what is set from elsewhere', async () => {
  const { onChange, field, set } = shown();
  await userEvent.type(field, 'ab');
  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('ab'));
  set('ab');
  set('');
  expect(field).toHaveValue('');
});
