import { act, render, screen } from '@testing-library/react';
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
  app: { title: 'Airflow Fleet', baseUrl: 'http://localhost' },
  backend: { baseUrl: 'http://localhost:7007' },
};

/** Two services of the catalog, of which one says which DAGs are its own. */
function service(name: string, annotations: Record<string, string>) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
  };
}
const services = [
  service('order-service', { 'airflow.apache.org/dag-id': 'load_orders' }),
  service('plain-service', {}),
];

const noDags = { items: [], nextCursor: null, total: 0, coverage: [] };

function answer(url: URL): Response {
  const [, , plugin] = url.pathname.split('/');
  if (plugin === 'auth') return Response.json(demoSession);
  if (plugin === 'airflow') return Response.json(noDags);
  const asked = services.find(({ metadata }) =>
    url.pathname.endsWith(
      `/entities/by-name/component/default/${metadata.name}`,
    ),
  );
  return Response.json(asked ?? { items: [] });
}

/** Goes to another address, as the browser's back and forward do. */
function go(path: string) {
  act(() => {
    window.history.replaceState(null, '', path);
    window.dispatchEvent(new PopStateEvent('popstate'));
  });
}

describe('the example portal on the old frontend system', () => {
  beforeEach(() => {
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
    jest
      .spyOn(global, 'fetch')
      .mockImplementation(async input =>
        answer(new URL(input instanceof Request ? input.url : String(input))),
      );
  });

  afterEach(() => jest.restoreAllMocks());

  // An app is there once: another one of the same code would share what it has loaded.
  it('begins with Airflow, and has tab and cards on entities with an annotation', async () => {
    render(<App />);
    expect(
      await screen.findByRole('link', { name: 'Airflow' }),
    ).toHaveAttribute('href', '/airflow');
    expect(
      await screen.findByRole('heading', { name: 'Overview' }),
    ).toBeInTheDocument();
    expect(window.location.pathname).toBe('/airflow');

    go('/catalog/default/component/order-service');
    expect(
      await screen.findByRole('tab', { name: 'Airflow' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('Its annotations match no DAG.'),
    ).toBeInTheDocument();
    expect(await screen.findByText('Airflow alerts')).toBeInTheDocument();
    expect(
      await screen.findByText('Airflow announces no next run.'),
    ).toBeInTheDocument();

    go('/catalog/default/component/plain-service');
    expect(
      await screen.findByRole('heading', { name: /plain-service/ }),
    ).toBeInTheDocument();
    expect(await screen.findByText('About')).toBeInTheDocument();
    expect(screen.queryByRole('tab', { name: 'Airflow' })).toBeNull();
    expect(screen.queryByText('Airflow alerts')).toBeNull();
  });
});
