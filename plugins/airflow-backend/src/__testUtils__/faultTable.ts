import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { FaultRequest } from 'airflow-sandbox';
import type { BesetCluster, BesetFleet } from './besetFleet';
import { strangeCertificate } from './certificates';

/** What the portal shows in place of a good reading; names in braces are {@link Values}. */
export interface Shown {
  code: Problem['code'];
  message: string;
  hint: string;
  /** Of what the portal leaves alone for long. */
  retryAt?: unknown;
}

export interface Fault {
  fault: string;
  begin(fleet: BesetFleet): unknown;
  shown(reading: Pick<BesetCluster, 'airflow' | 'kind'>): Shown;
}

function unreachable(why: string): Shown {
  return {
    code: 'unreachable',
    message: `Cluster {cluster} could not be reached at {host}: ${why}`,
    hint: 'Check that this Airflow runs, and baseUrl, proxy and firewalls between the portal and cluster {cluster}',
  };
}

function notAnAirflow(what: string): Shown {
  return {
    code: 'not-an-airflow',
    message: `Cluster {cluster} answered with ${what} where Airflow's API should be`,
    hint: "Check baseUrl of cluster {cluster}: it is Airflow's address with its path, if it has one, and without /api",
  };
}

function serverError(words: string): Shown {
  return {
    code: 'server-error',
    message: `Cluster {cluster} answered with an error ${words}`,
    hint: 'Look into the logs of the webserver or API server of cluster {cluster}',
  };
}

function unreadable(what: string): Shown {
  return {
    code: 'invalid-response',
    message: `Cluster {cluster} gave an answer that cannot be read: ${what}`,
    hint: 'It may be cut short or changed on its way, or this Airflow version is not supported yet',
  };
}

const refusedCredentials: Shown = {
  code: 'unauthorized',
  message: "Cluster {cluster} refused the portal's credentials",
  hint: 'Check {keys} of cluster {cluster}',
  retryAt: expect.any(String),
};

export const lackingRole: Shown = {
  code: 'forbidden',
  message: "The portal's user may not do this on cluster {cluster}",
  hint: 'Give the user that the portal signs in as a role in Airflow that allows it, or check {keys} of cluster {cluster}',
};

const missing = {
  health: 'the answer: metadatabase is missing',
  inventory: 'dags: missing',
  runs: 'dag_runs: missing',
};

/** A fault that looks the same whatever is read from whichever version. */
function fault(
  name: string,
  begin: Fault['begin'] | FaultRequest,
  shown: Shown,
): Fault {
  return {
    fault: name,
    begin: typeof begin === 'function' ? begin : fleet => fleet.beset(begin),
    shown: () => shown,
  };
}

/** Faults of a whole cluster, and what the portal says of each. */
export const faults: Fault[] = [
  fault(
    'nothing listens at the address',
    ({ gate }) => gate.shut(),
    unreachable('nothing listens there (connection refused)'),
  ),
  fault(
    'the host name is unknown',
    ({ gate, names }) => {
      names.fail('ENOTFOUND');
      gate.hangUp();
    },
    unreachable('its host name is unknown'),
  ),
  fault(
    'the name server does not answer',
    ({ gate, names }) => {
      names.fail('EAI_AGAIN');
      gate.hangUp();
    },
    unreachable('its host name could not be looked up'),
  ),
  fault(
    'the connection is closed before an answer',
    { kind: 'reset' },
    unreachable('the connection was closed before an answer came'),
  ),
  fault(
    'the certificate is signed by itself',
    ({ gate }) => gate.present(strangeCertificate),
    {
      code: 'tls',
      message:
        'Cluster {cluster} has no trustworthy TLS connection at {host}: its certificate is self-signed',
      hint: "Renew the server's certificate, or check tls.ca, tls.cert and tls.key of cluster {cluster}",
    },
  ),
  fault(
    'answers take longer than limits.timeout',
    { kind: 'latency', ms: 5_000 },
    {
      code: 'timeout',
      message: 'Cluster {cluster} sent no answer within {seconds} seconds',
      hint: 'See whether the Airflow at {host} is overloaded, or raise limits.timeout of cluster {cluster}',
    },
  ),
  fault('401 to everything', { kind: 'unauthorized' }, refusedCredentials),
  {
    fault: '403 to everything',
    begin: fleet => fleet.beset({ kind: 'forbidden' }),
    // Airflow 2 answers so to wrong credentials too, and whoever may not even list DAGs has no right ones.
    shown: ({ airflow }) => (airflow === 2 ? refusedCredentials : lackingRole),
  },
  fault(
    'a web page in place of JSON',
    { kind: 'html' },
    notAnAirflow('a web page'),
  ),
  fault(
    'a 404 page in place of the API',
    { kind: 'html', status: 404 },
    notAnAirflow('a 404 page'),
  ),
  fault(
    'a redirect to a sign-in page',
    { kind: 'redirect' },
    {
      code: 'unauthorized',
      message: 'Cluster {cluster} wants a sign-in in a browser',
      hint: 'Something before this Airflow sends the portal to its own sign-in; curl -I with its baseUrl shows where to. Check {keys}, or give the portal a way past it',
    },
  ),
  fault(
    '429 with Retry-After',
    { kind: 'rateLimit', retryAfter: 1 },
    {
      code: 'rate-limited',
      message: 'Cluster {cluster} asks for fewer requests',
      hint: 'Lower limits.requestsPerMinute or limits.maxInFlight of cluster {cluster}',
    },
  ),
  fault(
    'error 500',
    { kind: 'status', status: 500 },
    serverError('500: {airflowsWords}'),
  ),
  fault(
    'error 503 of a load balancer',
    { kind: 'html', status: 503 },
    serverError('503'),
  ),
  fault(
    'the answer breaks off',
    { kind: 'truncate' },
    {
      code: 'invalid-response',
      message: 'The answer of cluster {cluster} broke off before its end',
      hint: 'Try again; if it stays, look for a proxy or load balancer before {host} that cuts answers, or for webserver workers that were killed',
    },
  ),
  fault(
    'the answer is no JSON',
    { kind: 'badJson' },
    unreadable('it is no JSON'),
  ),
  {
    fault: 'the answer has another shape',
    begin: fleet => fleet.beset({ kind: 'status', status: 200 }),
    shown: ({ kind }) => unreadable(missing[kind]),
  },
  fault(
    'the answer is too large',
    { kind: 'tooLarge' },
    {
      code: 'too-large',
      message: 'The answer of cluster {cluster} is larger than {bytes} bytes',
      hint: 'Raise limits.maxResponseBytes of cluster {cluster} if answers of this size are to be expected there',
    },
  ),
];

/** The keys of the configuration that the portal names when credentials are at fault. */
export const credentialKeys = {
  2: 'auth.type, auth.username and auth.password',
  3: 'auth.username and auth.password',
};

/** What differs from cluster to cluster. */
export interface Values {
  cluster: string;
  host: string;
  keys: string;
  seconds: string;
  bytes: string;
  airflowsWords: string;
}

/** The words as a reader sees them. */
export function told({ code, message, hint }: Shown, values: Values): Shown {
  const fill = (words: string) =>
    Object.entries(values).reduce(
      (filled, [name, value]) => filled.replaceAll(`{${name}}`, value),
      words,
    );
  return { code, message: fill(message), hint: fill(hint) };
}
