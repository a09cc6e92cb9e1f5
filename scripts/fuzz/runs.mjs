// Who asks, for how long, and about what.

/** Of examples/org.yaml: one who may do all, one of a team, one who may look. */
const people = ['ada', 'grace', 'viewer'];

const SMOKE_S = 8;
/** The gate asks the same each time; what is new is looked for by hand. */
const SMOKE_SEED = 1;
/** Ten thousand requests and more, all together, on two cores that other work shares. */
const LONG_S = 200;

/**
 * Each person asks about what there is, and about what nobody has heard of.
 *
 * @param {string} portal
 * @param {{ smoke?: boolean, seconds?: string }} options `smoke` for the short form; `seconds` that each run takes
 */
export async function runsOf(portal, { smoke: isSmoke, seconds: wanted }) {
  const tokens = new Map();
  for (const person of people) tokens.set(person, await signIn(portal, person));
  const known = await thingsOf(portal, tokens.get('ada'));
  const seconds = Number(wanted ?? (isSmoke ? SMOKE_S : LONG_S));
  const run = (person, about, parameters) => ({
    name: `${person}-${about}`,
    token: tokens.get(person),
    parameters,
    seconds,
    seed: isSmoke ? SMOKE_SEED : undefined,
  });
  return people.flatMap(person =>
    isSmoke
      ? [run(person, 'known', known)]
      : [run(person, 'known', known), run(person, 'anything', {})],
  );
}

async function signIn(portal, person) {
  const answer = await fetch(`${portal}/api/auth/demo/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest', 'x-demo-user': person },
  });
  const { backstageIdentity } = await answer.json();
  return backstageIdentity.token;
}

/** Names that lead somewhere, so that more than "there is none" is asked of the portal. */
async function thingsOf(portal, token) {
  const ask = async (path, init) => {
    const answer = await fetch(`${portal}/api/airflow${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}` },
    });
    return answer.json();
  };
  const cluster = 'prod-us';
  await ask(`/clusters/${cluster}/refresh`, { method: 'POST' });
  const { items } = await ask(`/runs?cluster=${cluster}&state=failed&limit=1`);
  const [{ dagId, runId }] = items;
  const run = `/clusters/${cluster}/dags/${dagId}/runs/${encodeURIComponent(
    runId,
  )}`;
  const tasks = await ask(`${run}/tasks`);
  const alerts = await ask('/alerts?limit=1');
  return {
    'path.cluster': cluster,
    'path.dagId': dagId,
    'path.runId': runId,
    'path.taskId': tasks.items[0].taskId,
    ...(alerts.items.length > 0 && { 'path.alertId': alerts.items[0].id }),
  };
}
