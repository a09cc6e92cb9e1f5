import { render, screen } from '@testing-library/react';
import App from './App';

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
      return url.includes('/api/auth/demo/')
        ? Response.json(demoSession)
        : Response.json({ items: [] });
    });
  });

  afterEach(() => jest.restoreAllMocks());

  it('signs the demo user in without asking and shows the sidebar', async () => {
    render(App.createRoot());

    expect(
      await screen.findByRole(
        'link',
        { name: 'Airflow Fleet, home' },
        { timeout: 20_000 },
      ),
    ).toHaveAttribute('href', '/airflow');
    expect(requested.some(url => url.includes('/api/auth/demo/'))).toBe(true);
    expect(screen.queryByRole('button', { name: 'Enter' })).toBeNull();
  }, 30_000);
});
