import { airflowPaths, readAirflowPath } from './paths';

const pathOf = (path?: string) =>
  readAirflowPath({
    getOptionalString: key => (key === 'airflow.links.path' ? path : undefined),
  });

it.each([
  [undefined, '/airflow'],
  ['/data/airflow', '/data/airflow'],
  ['/data/airflow/', '/data/airflow'],
  ['/', '/'],
])('has the pages of the path %s at %s', (path, at) => {
  expect(pathOf(path)).toBe(at);
});

it.each([
  ['/airflow', '/airflow/alerts/a%2F1', '/airflow'],
  ['/data/airflow', '/data/airflow/alerts/a%2F1', '/data/airflow'],
  ['/', '/alerts/a%2F1', '/'],
])('leads to pages that are mounted at %s', (mountedAt, alert, overview) => {
  const paths = airflowPaths(mountedAt);
  expect(paths.alert('a/1')).toBe(alert);
  expect(paths.overview).toBe(overview);
});
