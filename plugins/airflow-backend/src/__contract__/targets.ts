import type { AirflowAuthenticator } from '@airflow-fleet/backstage-plugin-airflow-node';
import { ConfigReader } from '@backstage/config';
import { passwordAuth } from '../airflow/auth/password';
import { createAirflowClient, type AirflowClient } from '../airflow';

/** An Airflow that is held to the contract, and which of its DAGs play which part in it. */
export interface ContractTarget {
  apiVersion: 'v1' | 'v2';
  baseUrl: string;
  dags: {
    /** Ends well, takes any conf, is in service. */
    succeeds: string;
    /** Has a run that failed in this task, with a traceback. */
    fails: { dagId: string; taskId: string };
    /** Has a run with mapped instances of this task. */
    mapped: { dagId: string; taskId: string };
    /** Its runs have more tasks than a page of a list holds, and none of them is mapped. */
    many: string;
    /** Has a task group with more than one task in it. */
    grouped: { dagId: string; groupId: string };
    /** Has a param `rows` that is an integer of at least 1, and one that is an array. */
    params: { dagId: string; tooLow: string };
    /** Has a run in which this task logged 100,000 lines. */
    bigLog: { dagId: string; taskId: string };
    paused: string;
    /** One writes an asset, or dataset, that the other waits for; it has been written. */
    data: { writer: string; waiter: string };
    /** Runs by cron, and at least twice between these two. */
    timed: { dagId: string; from: string; to: string };
    /** Has a task that asks a person, where tasks do. */
    asks?: { dagId: string; taskId: string };
    /** Has a run in which this task leads somewhere, by a link of this name. */
    links: { dagId: string; taskId: string; link: string };
    /** Has a run in which this task left a value that holds NaN on Airflow 2, and null on Airflow 3. */
    notANumber: { dagId: string; taskId: string; key: string };
    /** Has a run in which this task left a value under each of these keys. */
    oddKeys?: { dagId: string; taskId: string; keys: string[] };
    /** Its second task waits for its first alone, which takes a moment. */
    waits: { dagId: string; first: string; second: string };
  };
}

/** A client of a target, signed in as one of its users. */
export function clientOf(
  { baseUrl }: Pick<ContractTarget, 'baseUrl'>,
  user: { username: string; password: string },
): AirflowClient {
  const auth: (
    ...args: Parameters<ReturnType<typeof passwordAuth.fromConfig>>
  ) => AirflowAuthenticator = passwordAuth.fromConfig(new ConfigReader(user));
  return createAirflowClient({
    name: 'target',
    baseUrl,
    authenticator: auth,
    limits: {
      maxInFlight: 4,
      requestsPerMinute: 100_000,
      timeoutMs: 120_000,
      maxResponseBytes: 32 * 1024 * 1024,
    },
  });
}

export const admin = { username: 'admin', password: 'admin' };
export const viewer = { username: 'viewer', password: 'viewer' };
