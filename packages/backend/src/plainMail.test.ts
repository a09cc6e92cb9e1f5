import { mailHtml } from './plainMail';

it('shows what a notification quotes as it is, line by line, with a link into the portal', () => {
  const html = mailHtml(
    {
      id: '1',
      user: 'user:default/ada',
      created: new Date(),
      origin: 'plugin:airflow',
      payload: {
        title: 'a < b failed',
        description: 'ValueError: <img src="x">\nOwner: group:default/payments',
        link: '/airflow/alerts/a1',
      },
    },
    'https://portal.example.com/fleet',
  );
  expect(html).toContain('a &lt; b failed');
  expect(html).toContain(
    'ValueError: &lt;img src=&quot;x&quot;&gt;<br>\nOwner: group:default/payments',
  );
  expect(html).toContain(
    'href="https://portal.example.com/fleet/airflow/alerts/a1"',
  );
});
