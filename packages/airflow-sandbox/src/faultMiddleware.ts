import { NextFunction, Request, Response } from 'express';
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

/** Applies one fault; true when the request must go no further. */
async function apply(
  fault: Fault,
  request: Request,
  response: Response,
  second: boolean,
): Promise<boolean> {
  switch (fault.kind) {
    case 'latency':
      await new Promise(resolve => setTimeout(resolve, fault.ms ?? 1_000));
      return response.destroyed;
    case 'truncate':
      truncate(response);
      return false;
    case 'badJson':
      interceptBody(response, body => `${body.slice(0, -1)}, NaN ]`);
      return false;
    case 'poisonedRow':
      poison(response, fault.dagId ?? '', second);
      return false;
    case 'oddRow':
      makeOdd(response, fault);
      return false;
    case 'status':
      response.status(fault.status ?? 500).json({ detail: 'Injected fault' });
      return true;
    case 'html':
      response
        .status(fault.status ?? 200)
        .type('html')
        .send(v1Page('Sign in'));
      return true;
    case 'reset':
      request.socket.resetAndDestroy();
      return true;
    case 'hang':
      return true;
    case 'redirect':
      response.redirect(302, 'https://sso.invalid/login');
      return true;
    case 'rateLimit':
      response
        .status(429)
        .setHeader('Retry-After', String(fault.retryAfter ?? 1));
      response.json({ detail: 'Too Many Requests' });
      return true;
    case 'tooLarge':
      await sendHuge(response);
      return true;
    case 'unauthorized':
      refuse(response, 401, second);
      return true;
    default:
      refuse(response, 403, second);
      return true;
  }
}

/** Applies the faults that hit a request, in the order they were added. */
export async function applyFaults(
  faults: Fault[],
  request: Request,
  response: Response,
  next: NextFunction,
  second: boolean,
): Promise<void> {
  for (const fault of faults) {
    if (await apply(fault, request, response, second)) return;
  }
  next();
}
