import { AirflowError, type AirflowErrorCode } from '../errors';
import { retryAfterMs, type Answer, type AnswerHead } from '../transport';
import { parseJson } from './json';
import { withhold } from './secrets';

/** What a refusal says stands in much less; nobody waits while a longer one is read. */
const LONGEST_REFUSAL = 256 * 1024;
/** So many of the errors that Airflow finds in one request are told. */
const MOST_ERRORS = 20;

/** What an answer is judged against. */
export interface Asked {
  cluster: string;
  /** Method and path. */
  attempted: string;
  /** The configuration keys to look at when credentials are refused. */
  credentialKeys: string;
  /** What was sent along to be known by; an answer that repeats it is not quoted with it. */
  secrets: readonly string[];
}

/** Whether an answer says that it is JSON. */
export function isJson({ headers }: AnswerHead): boolean {
  return /^application\/(problem\+)?json\b/i.test(
    headers['content-type'] ?? '',
  );
}

function isHtml(answer: Answer): boolean {
  return (
    /\bhtml\b/i.test(answer.headers['content-type'] ?? '') ||
    isHtmlDocument(answer.body)
  );
}

function isHtmlDocument(body: string): boolean {
  return /^\s*<(!doctype|html)/i.test(body.slice(0, 1_000));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

/** Validation errors of FastAPI: where and what, but never the input, which may hold a secret. */
function validationWords(detail: unknown[]): string {
  return detail
    .slice(0, MOST_ERRORS)
    .map(item => {
      const loc = member(item, 'loc');
      const where = Array.isArray(loc) ? loc.join('.') : '';
      return `${where}: ${text(member(item, 'msg')) ?? 'is not valid'}`;
    })
    .join('; ');
}

/**
 * What Airflow itself says about a refusal, in the shapes of both versions; undefined when it says nothing. An SQL
 * statement that comes along is left out, for it holds what was sent.
 */
export function airflowWords(
  body: string,
  secrets: readonly string[],
): string | undefined {
  if (body.length > LONGEST_REFUSAL) return undefined;
  let parsed: unknown;
  try {
    parsed = parseJson(body);
  } catch {
    return undefined;
  }
  const detail = member(parsed, 'detail');
  const words = Array.isArray(detail)
    ? validationWords(detail)
    : text(detail) ??
      text(member(detail, 'reason')) ??
      text(member(parsed, 'error')) ??
      text(member(parsed, 'title'));
  return (
    words &&
    withhold(words, secrets)
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .slice(0, 500)
  );
}

/** True when Airflow refused the token itself, and not what was to be done with it. */
export function refusesToken(status: number, words: string | undefined) {
  return status === 401 || (status === 403 && words === 'Invalid JWT token');
}

type Judgement = { code: AirflowErrorCode; message: string; hint: string };

/** Whoever may see the cluster reads this; where the way leads is for those who run it. */
function judgeRedirect(answer: Answer, asked: Asked): Judgement {
  const [target] = (answer.headers.location ?? '').split('?');
  const look = 'curl -I with its baseUrl shows where to';
  if (/log-?in|sign-?in|oauth|auth|sso|saml/i.test(target)) {
    return {
      code: 'unauthorized',
      message: `Cluster ${asked.cluster} wants a sign-in in a browser`,
      hint: `Something before this Airflow sends the portal to its own sign-in; ${look}. Check ${asked.credentialKeys}, or give the portal a way past it`,
    };
  }
  return {
    code: 'not-an-airflow',
    message: `Cluster ${asked.cluster} answered with a redirect to another address`,
    hint: `Redirects are not followed; ${look}. Check baseUrl of cluster ${asked.cluster}, its http or https above all`,
  };
}

function notAnAirflow(what: string, asked: Asked): Judgement {
  return {
    code: 'not-an-airflow',
    message: `Cluster ${asked.cluster} answered with ${what} where Airflow's API should be`,
    hint: `Check baseUrl of cluster ${asked.cluster}: it is Airflow's address with its path, if it has one, and without /api`,
  };
}

function judgeClientError(
  answer: Answer,
  words: string | undefined,
  asked: Asked,
): Judgement {
  const { cluster } = asked;
  const says = words ? `: ${words}` : '';
  switch (answer.status) {
    case 401:
      return credentialsRefused(asked);
    case 403:
      return refusesToken(403, words)
        ? credentialsRefused(asked)
        : mayNot(asked, words);
    case 404:
      return {
        code: 'airflow-not-found',
        message: `Cluster ${cluster} does not have what was asked for${says}`,
        hint: 'It may have been deleted or renamed in Airflow since it was last read',
      };
    case 407:
      return {
        code: 'unreachable',
        message: `Cluster ${cluster} could not be reached: the proxy asks for a sign-in`,
        hint: `Put the proxy's user and password into proxy of cluster ${cluster}`,
      };
    case 409:
      return {
        code: 'airflow-conflict',
        message: `Cluster ${cluster} refused because of a conflict${says}`,
        hint: 'Read its present state again: somebody else may have done the same already',
      };
    case 429:
      return {
        code: 'rate-limited',
        message: `Cluster ${cluster} asks for fewer requests`,
        hint: `Lower limits.requestsPerMinute or limits.maxInFlight of cluster ${cluster}`,
      };
    default:
      return {
        code: 'airflow-bad-request',
        message: `Cluster ${cluster} refused the request${says}`,
        hint: 'Correct what Airflow names and try again',
      };
  }
}

function credentialsRefused(asked: Asked): Judgement {
  return {
    code: 'unauthorized',
    message: `Cluster ${asked.cluster} refused the portal's credentials`,
    hint: `Check ${asked.credentialKeys} of cluster ${asked.cluster}`,
  };
}

function mayNot(asked: Asked, words: string | undefined): Judgement {
  const says = words && words !== 'Forbidden' ? `: ${words}` : '';
  return {
    code: 'forbidden',
    message: `The portal's user may not do this on cluster ${asked.cluster}${says}`,
    hint: `Give the user that the portal signs in as a role in Airflow that allows it, or check ${asked.credentialKeys} of cluster ${asked.cluster}`,
  };
}

function judge(answer: Answer, asked: Asked): Judgement | undefined {
  const { status } = answer;
  const json = isJson(answer);
  if (status >= 200 && status < 300) {
    // Airflow 2 calls what follows "created" HTML: nothing, or the words "Duplicate request".
    const isCreated = status === 201 && !isHtmlDocument(answer.body);
    if (json || status === 204 || isCreated) {
      return undefined;
    }
    return notAnAirflow(isHtml(answer) ? 'a web page' : 'no JSON', asked);
  }
  if (status >= 300 && status < 400) return judgeRedirect(answer, asked);
  const words = json ? airflowWords(answer.body, asked.secrets) : undefined;
  if (status >= 500) {
    return {
      code: 'server-error',
      message: `Cluster ${asked.cluster} answered with an error ${status}${
        words ? `: ${words}` : ''
      }`,
      hint: `Look into the logs of the webserver or API server of cluster ${asked.cluster}`,
    };
  }
  if (status === 404 && !json) return notAnAirflow('a 404 page', asked);
  if (status === 404 && isMissingRoute(words)) {
    return notAnAirflow('"no such API"', asked);
  }
  return judgeClientError(answer, words, asked);
}

function isMissingRoute(words: string | undefined): boolean {
  return (
    words !== undefined &&
    /^API route not found|has been removed in Airflow 3|^Moved in Airflow 3/.test(
      words,
    )
  );
}

function toError(
  judgement: Judgement,
  answer: Answer,
  asked: Asked,
): AirflowError {
  return new AirflowError({
    ...judgement,
    cluster: asked.cluster,
    attempted: asked.attempted,
    httpStatus: answer.status,
    retryAfterMs: retryAfterMs(answer.headers),
  });
}

/** The error that an answer amounts to, by status, content type and shape; undefined for a good one. */
export function errorOf(
  answer: Answer,
  asked: Asked,
): AirflowError | undefined {
  const judgement = judge(answer, asked);
  return judgement && toError(judgement, answer, asked);
}

/** The error for credentials that were refused in a way that the answer alone does not show. */
export function credentialsError(answer: Answer, asked: Asked): AirflowError {
  return toError(credentialsRefused(asked), answer, asked);
}
