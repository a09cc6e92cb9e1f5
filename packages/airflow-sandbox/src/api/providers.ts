/** A handful of the provider packages that come with an Airflow image. */
export function bundledProviders(version: string) {
  const third = Number(version.split('.')[0]) >= 3;
  const all = [
    {
      package_name: 'apache-airflow-providers-common-sql',
      version: '1.28.0',
      description: 'Common SQL Provider',
    },
    {
      package_name: 'apache-airflow-providers-http',
      version: '5.3.4',
      description: 'Hypertext Transfer Protocol (HTTP)',
    },
    {
      package_name: 'apache-airflow-providers-postgres',
      version: '6.3.0',
      description: 'PostgreSQL',
    },
  ];
  return third
    ? [
        ...all,
        {
          package_name: 'apache-airflow-providers-standard',
          version: '1.9.0',
          description: 'Airflow Standard Provider',
        },
      ]
    : all;
}
