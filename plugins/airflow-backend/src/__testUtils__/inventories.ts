import type { Stores } from '../store';

type PresenceArguments = Parameters<Stores['dags']['savePresences']>;
type ErrorArguments = Parameters<Stores['importErrors']['save']>;
type Without<Own extends unknown[]> = Own extends [unknown, ...infer Others]
  ? Others
  : never;

/** Keeps what one reading would say of DAGs, with nothing else. */
export async function keepPresences(
  { dags }: Stores,
  ...presences: Without<PresenceArguments>
): Promise<void> {
  await dags.transaction(trx => dags.savePresences(trx, ...presences));
}

/** Keeps what one reading would say of files, with nothing else. */
export async function keepErrors(
  { dags, importErrors }: Stores,
  ...errors: Without<ErrorArguments>
): Promise<void> {
  await dags.transaction(trx => importErrors.save(trx, ...errors));
}
