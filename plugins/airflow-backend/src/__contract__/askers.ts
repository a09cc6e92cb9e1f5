import type { AirflowClient } from '../airflow';
import { admin, clientOf, viewer, type ContractTarget } from './targets';

/** Who asks a target: each is there once the tests run. */
export interface Askers {
  readonly target: ContractTarget;
  /** May do everything. */
  readonly client: AirflowClient;
  /** May look. */
  readonly reader: AirflowClient;
  /** Has another password than Airflow knows. */
  readonly stranger: AirflowClient;
}

export function askersOf(open: () => ContractTarget): Askers {
  let target: ContractTarget;
  let client: AirflowClient;
  let reader: AirflowClient;
  let stranger: AirflowClient;

  beforeAll(() => {
    target = open();
    client = clientOf(target, admin);
    reader = clientOf(target, viewer);
    stranger = clientOf(target, { username: 'admin', password: 'wrong' });
  });
  afterAll(() =>
    Promise.all([client, reader, stranger].map(one => one.close())),
  );

  return {
    get target() {
      return target;
    },
    get client() {
      return client;
    },
    get reader() {
      return reader;
    },
    get stranger() {
      return stranger;
    },
  };
}
