import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { alertOf, pageOf } from '../../__testUtils__/alerts';
import { clusterOf, dagOf, dagPageOf } from '../../__testUtils__/dags';
import { refuses, type Answers } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';

async function open(answers: Answers = {}) {
  const { askedOf } = portal('/airflow/alerts/rules', {
    listAlertRules: () => ({ items: [] }),
    listClusters: () => ({ items: [clusterOf()] }),
    listDags: () =>
      pageOf([dagOf(), dagOf({ dagId: 'load_users', displayName: 'Users' })]),
    listAlerts: () =>
      pageOf([alertOf({ id: 'a1', title: 'load_orders failed' })]),
    getDag: () => dagPageOf({ dagId: 'load_users', displayName: 'Users' }),
    ...answers,
  });
  await screen.findByRole('heading', { name: 'Alert rules' });
  await userEvent.keyboard('{Control>}k{/Control}');
  const text = await screen.findByRole('combobox', { name: 'Go to' });
  return { askedOf, text };
}

const options = () =>
  within(screen.getByRole('listbox', { name: 'Destinations' }))
    .queryAllByRole('option')
    .map(option => option.textContent);

it('leads to pages and clusters before anything is asked', async () => {
  const { askedOf, text } = await open();
  expect(text).toHaveFocus();
  expect(options()).toEqual(
    expect.arrayContaining(['Overviewpage', 'Production EUcluster']),
  );
  expect([...askedOf('listDags'), ...askedOf('listAlerts')]).toEqual([]);
});

it('finds DAGs and alerts of the whole fleet, once the typing pauses', async () => {
  const { askedOf, text } = await open();
  await userEvent.type(text, 'load');
  await waitFor(() =>
    expect(options()).toEqual([
      'load_ordersDAG on Production EU',
      'UsersDAG on Production EU',
      'load_orders failedalert on Production EU',
    ]),
  );
  expect(askedOf('listDags').map(({ query }) => query.text)).toEqual(['load']);
});

it('is walked by the arrows, and goes where Enter says', async () => {
  const { text } = await open();
  await userEvent.type(text, 'load');
  await waitFor(() => expect(options()).toHaveLength(3));
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  expect(screen.getByRole('option', { selected: true })).toHaveTextContent(
    /^Users/,
  );
  await userEvent.keyboard('{Enter}');
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Users' }),
  ).toBeInTheDocument();
  expect(screen.queryByRole('combobox')).toBeNull();
});

it('does not say that there is nothing where it cannot know', async () => {
  const { text } = await open({
    listDags: refuses('You may not read DAGs'),
    listAlerts: () => pageOf([]),
  });
  await userEvent.type(text, 'zzz');
  expect(
    await screen.findByText(
      'Not everything could be searched: You may not read DAGs',
    ),
  ).toBeVisible();
  expect(screen.queryByText('Nothing of that name.')).toBeNull();
});

it('leads nowhere that was found of another text', async () => {
  let isSlow = false;
  const { text } = await open({
    listDags: () => (isSlow ? new Promise(() => undefined) : pageOf([dagOf()])),
  });
  await userEvent.type(text, 'load');
  await waitFor(() =>
    expect(options()).toContain('load_ordersDAG on Production EU'),
  );
  isSlow = true;
  await userEvent.type(text, 'x');
  expect(await screen.findByText('Searching …')).toBeVisible();
  expect(options()).toEqual([]);
});

it('says when there is nothing of a name', async () => {
  const { text } = await open({
    listDags: () => pageOf([]),
    listAlerts: () => pageOf([]),
  });
  await userEvent.type(text, 'zzz');
  expect(await screen.findByText('Nothing of that name.')).toBeVisible();
});
