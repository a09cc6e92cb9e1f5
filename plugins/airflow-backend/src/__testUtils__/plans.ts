import type { Knex } from 'knex';
import { isPostgres } from '../store/kit/dialect';

/** How the database goes about each question that is asked while something is done. */
export async function plansOf(
  db: Knex,
  act: () => Promise<unknown>,
): Promise<string[]> {
  const asked: string[] = [];
  const listen = (question: Knex.QueryBuilder) => {
    const text = question.toQuery();
    if (/^(select|delete|update|with)/i.test(text)) asked.push(text);
  };
  db.on('start', listen);
  await act();
  db.removeListener('start', listen);
  // PostgreSQL does so by itself by and by, and its plans would depend on when.
  if (isPostgres(db)) await db.raw('analyze');
  const plans: string[] = [];
  for (const text of asked) {
    const question = text.replace(/\?/g, '\\?');
    plans.push(
      await db.transaction(async trx => {
        if (!isPostgres(db)) {
          return JSON.stringify(
            await trx.raw(`explain query plan ${question}`),
          );
        }
        // The tables of tests are small enough for a planner to read them whole.
        await trx.raw('set local enable_seqscan = off');
        const { rows } = await trx.raw(`explain ${question}`);
        return JSON.stringify(rows);
      }),
    );
  }
  return plans;
}
