import { clearAfterDryRun } from './afterDryRun';

const run = { dagId: 'load_orders', runId: 'nightly' };
const own = { ...run, taskId: 'extract' };
const asked = { cluster: 'prod-eu', attempted: 'POST /api/v2/dags' };

async function clearing(
  touched: { dagId: string; runId: string }[],
  dryRun: boolean,
) {
  const clear = jest.fn(async () => undefined);
  const preview = async () => touched;
  const told = clearAfterDryRun({ asked, run, dryRun, preview, clear });
  const outcome = await told.catch(error => error);
  return { outcome, sent: clear.mock.calls.length };
}

describe('clearAfterDryRun', () => {
  it.each([
    ['clears what the dry run told', [own], false, 1],
    ['sends nothing for a dry run', [own], true, 0],
    ['sends nothing where nothing matches', [], false, 0],
  ])('%s', async (_, touched, dryRun, sent) => {
    expect(await clearing(touched, dryRun)).toEqual({ outcome: touched, sent });
  });

  it.each([
    ['another run', { ...own, runId: 'yesterday' }],
    ['another DAG', { ...own, dagId: 'invoice_mail' }],
  ])('refuses to touch %s', async (_, other) => {
    const { outcome, sent } = await clearing([own, other], false);
    expect(outcome).toMatchObject({ code: 'unsupported', cluster: 'prod-eu' });
    expect(outcome.message).toContain('task instances of other runs');
    expect(sent).toBe(0);
  });
});
