import { startPortal, type Portal } from '../__testUtils__/portal';

describe('what the API of alerts refuses', () => {
  let portal: Portal;
  let denied = '';

  beforeAll(async () => {
    portal = await startPortal({ denies: ({ name }) => name === denied });
  });
  afterAll(() => portal.stop());
  afterEach(() => {
    denied = '';
  });

  const ids = ['a'];

  it.each([
    ['get', '/alerts?status=lost', undefined, 400, { field: 'status' }],
    ['get', '/alerts?sort=colour', undefined, 400, { field: 'sort' }],
    ['get', '/alerts?cursor=x', undefined, 400, { code: 'invalid-request' }],
    ['get', '/alert-facets?scope=yours', undefined, 400, { field: 'scope' }],
    ['get', '/alerts/none', undefined, 404, { field: 'alertId' }],
    ['post', '/alerts/acknowledge', { ids: [] }, 400, { field: 'ids' }],
    ['post', '/alerts/acknowledge', {}, 400, { field: 'ids' }],
    ['post', '/alerts/resolve', { ids }, 400, { field: 'reason' }],
    ['post', '/alerts/resolve', { ids, reason: ' x ' }, 400, {}],
    ['get', '/alert-deliveries?status=lost', undefined, 400, {}],
    [
      'post',
      '/alert-deliveries/none/resend',
      undefined,
      404,
      { code: 'not-found', field: 'deliveryId' },
    ],
  ] as const)(
    '%s %s with %j: %d',
    async (method, path, body, status, problem) => {
      const answer = await (method === 'get'
        ? portal.get(path)
        : portal.post(path, body)
      ).expect(status);
      expect(answer.body).toMatchObject({ status, ...problem });
      expect(answer.body.detail).toBeTruthy();
    },
  );

  it.each([
    ['airflow.alert.read', 'get', '/alerts', undefined],
    ['airflow.alert.read', 'get', '/alert-facets', undefined],
    ['airflow.alert.read', 'get', '/alerts/none', undefined],
    ['airflow.alert.read', 'get', '/alert-rules', undefined],
    ['airflow.alert.acknowledge', 'post', '/alerts/acknowledge', { ids }],
    [
      'airflow.alert.resolve',
      'post',
      '/alerts/resolve',
      { ids, reason: 'because' },
    ],
    ['airflow.alert.manage', 'get', '/alert-deliveries', undefined],
    [
      'airflow.alert.manage',
      'post',
      '/alert-deliveries/none/resend',
      undefined,
    ],
  ] as const)(
    'without %s, %s %s is refused',
    async (name, method, path, body) => {
      denied = name;
      const answer = await (method === 'get'
        ? portal.get(path)
        : portal.post(path, body)
      ).expect(403);
      expect(answer.body).toMatchObject({ code: 'not-allowed' });
      expect(answer.body.detail).toContain(name);
    },
  );
});
