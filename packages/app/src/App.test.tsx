import { createApp } from '@backstage/frontend-defaults';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import { render, screen, waitFor } from '@testing-library/react';
import App from './App';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

const demoSession = {
  profile: {},
  backstageIdentity: {
    // Header and payload of a token that ends in the year 2100.
    token: `e30.${btoa(JSON.stringify({ exp: 4102444800 }))}.sig`,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/grace',
      ownershipEntityRefs: ['user:default/grace', 'group:default/payments'],
    },
  },
};

const config = {
  app: {
    title: 'Airflow Fleet',
    baseUrl: 'http://localhost',
    packages: { include: [] },
  },
  backend: { baseUrl: 'http://localhost:7007' },
};

describe('the example portal', () => {
  const requested: string[] = [];

  beforeEach(() => {
    requested.length = 0;
    // The bundler puts an array here, which the type of process.env does not know.
    jest.replaceProperty(
      process,
      'env',
      JSON.parse(
        JSON.stringify({
          NODE_ENV: 'test',
          APP_CONFIG: [{ data: config, context: 'test' }],
        }),
      ),
    );
    jest.spyOn(global, 'fetch').mockImplementation(async input => {
      const url = String(input instanceof Request ? input.url : input);
      requested.push(url);
      if (url.includes('/api/auth/demo/')) return Response.json(demoSession);
      return url.includes('/api/notifications/status')
        ? Response.json({ unread: 3, read: 1 })
        : Response.json({ items: [] });
    });
  });

  afterEach(() => jest.restoreAllMocks());

  it('signs the demo user in without asking and shows the sidebar', async () => {
    render(App.createRoot());

    expect(
      await screen.findByRole('link', { name: 'Airflow Fleet, home' }),
    ).toHaveAttribute('href', '/airflow');
    expect(requested.some(url => url.includes('/api/auth/demo/'))).toBe(true);
    expect(screen.queryByRole('button', { name: 'Enter' })).toBeNull();
  });

  it('shows a bell with the number of what is unread', async () => {
    // As the bundler finds it in package.json.
    const features = [navModule, signInModule, notificationsPlugin];
    render(createApp({ features }).createRoot());

    const bell = await screen.findByRole('link', { name: 'Notifications' });
    expect(bell).toHaveAttribute('href', '/notifications');
    await waitFor(() => expect(bell).toHaveTextContent('3'));
  });
});
