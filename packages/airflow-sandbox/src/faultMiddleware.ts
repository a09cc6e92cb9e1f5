import { Request, Response } from 'express';
import { drained } from './api/stream';
import { Fault } from './faults';
import { v1Page } from './v1/html';

const HUGE_BYTES = 256 * 1024 * 1024;

async function sendHuge(response: Response): Promise<void> {
  response.type('application/json').write('{"dags":[{"dag_id":"');
  const chunk = 'x'.repeat(1024 * 1024);
  for (let sent = 0; sent < HUGE_BYTES; sent += chunk.length) {
    if (response.destroyed) return;
    if (!response.write(chunk)) {
      await drained(response);
    }
  }
  response.end('"}]}');
}

/** Changes the body that the route below will send. */
function interceptBody(
  response: Response,
  change: (body: string) => string | undefined,
): void {
  const send = response.send.bind(response);
  response.send = body => {
    response.send = send;
    const text = typeof body === 'string' ? body : String(body ?? '');
    const changed = change(text);
    return changed === undefined ? response : send(changed);
  };
}

function truncate(response: Response): void {
  const breakOff = (whole: Buffer) =>
    response.write(whole.subarray(0, Math.floor(whole.length / 2)), () =>
      response.destroy(),
    );
  interceptBody(response, body => {
    const whole = Buffer.from(body);
    response.setHeader('Content-Length', whole.length);
    breakOff(whole);
    return undefined;
  });
  // What is streamed breaks off in its last piece.
  response.end = (piece?: unknown) => {
    breakOff(Buffer.from(String(piece ?? '')));
    return response;
  };
}

function poison(response: Response, dagId: string, second: boolean): void {
  interceptBody(response, body => {
    if (!body.includes(`"dag_id":${JSON.stringify(dagId)}`)) return body;
    response.status(500);
    response.type(second ? 'text/html' : 'text/plain');
    return second ? v1Page('Ooops!') : 'Internal Server Error';
  });
}

/** Puts something else into the rows of a DAG, or of one run of it, in lists and alone. */
function makeOdd(response: Response, { dagId, runId, row }: Fault): void {
  const isMeant = (value: { dag_id?: string; dag_run_id?: string } | null) =>
    value?.dag_id === dagId &&
    (runId === undefined || value?.dag_run_id === runId);
  interceptBody(response, body =>
    /json/.test(String(response.getHeader('Content-Type')))
      ? JSON.stringify(JSON.parse(body), (_key, value) =>
          isMeant(value) ? { ...value, ...row } : value,
        )
      : body,
  );
}

function refuse(response: Response, status: number, second: boolean): void {
  const detail = status === 401 ? 'Not authenticated' : 'Forbidden';
  const title = status === 401 ? 'Unauthorized' : 'Forbidden';
  response.status(status);
  if (second) {
    response
      .type('application/problem+json')
      .send(
        JSON.stringify({ detail: null, status, title, type: 'about:blank' }),
      );
  } else {
    response.json({ detail });
  }
}

/** A fault and the request that it hits. */
interface Hit {
  fault: Fault;
  request: Request;
  response: Response;
  /** Whether an Airflow 2 answers. */
  second: boolean;
}

/** What is done to the body that the route below sends. */
const SPOILS: Partial<Record<Fault['kind'], (hit: Hit) => void>> = {
  truncate: ({ response }) => truncate(response),
  badJson: ({ response }) =>
    interceptBody(response, body => `${body.slice(0, -1)}, NaN ]`),
  poisonedRow: ({ fault, response, second }) =>
    poison(response, fault.dagId ?? '', second),
  oddRow: ({ fault, response }) => makeOdd(response, fault),
};

/** What is answered in place of the route below. */
const ANSWERS: Partial<
  Record<Fault['kind'], (hit: Hit) => void | Promise<void>>
> = {
  status: ({ fault, response }) => {
    response.status(fault.status ?? 500).json({ detail: 'Injected fault' });
  },
  html: ({ fault, response }) => {
    response
      .status(fault.status ?? 200)
      .type('html')
      .send(v1Page('Sign in'));
  },
  reset: ({ request }) => {
    request.socket.resetAndDestroy();
  },
  hang: () => {},
  redirect: ({ response }) =>
    response.redirect(302, 'https://sso.invalid/login'),
  rateLimit: ({ fault, response }) => {
    response
      .status(429)
      .setHeader('Retry-After', String(fault.retryAfter ?? 1));
    response.json({ detail: 'Too Many Requests' });
  },
  tooLarge: ({ response }) => sendHuge(response),
  unauthorized: ({ response, second }) => refuse(response, 401, second),
  forbidden: ({ response, second }) => refuse(response, 403, second),
};

/** Applies one fault; true when the request must go no further. */
async function apply(hit: Hit): Promise<boolean> {
  const { fault, response } = hit;
  if (fault.kind === 'latency') {
    await new Promise(resolve => setTimeout(resolve, fault.ms ?? 1_000));
    return response.destroyed;
  }
  SPOILS[fault.kind]?.(hit);
  const answer = ANSWERS[fault.kind];
  await answer?.(hit);
  return answer !== undefined;
}

/** Applies the faults that hit a request, in the order they were added; true when it must go no further. */
export async function applyFaults(
  faults: readonly Fault[],
  on: Omit<Hit, 'fault'>,
): Promise<boolean> {
  for (const fault of faults) {
    if (await apply({ ...on, fault })) return true;
  }
  return false;
}
