import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a hostile Airflow answers to whatever it is asked, but for its version. */
export interface HostileAnswer {
  version: 'v1' | 'v2';
  status?: number;
  type?: string;
  begin?: string;
  /** Repeated until the answer is so long. */
  unit: string;
  length: number;
  end?: string;
}

/** Answers in a process of its own, so that what it costs to be hostile is not counted. */
const program = `
const http = require('node:http');
let answers = [];
const server = http.createServer((request, response) => {
  request.resume();
  const [, index, ...rest] = request.url.split('/');
  const answer = answers[Number(index)];
  const path = rest.join('/').split('?')[0];
  if (/^api\\/v\\d\\/version$/.test(path)) {
    const isThere = path.includes(answer.version);
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' });
    response.end(isThere ? '{"version": "' + (answer.version === 'v1' ? '2.11.2' : '3.1.0') + '"}' : '{}');
    return;
  }
  response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json' });
  response.write(answer.begin ?? '');
  const times = Math.ceil(65536 / answer.unit.length);
  const piece = answer.unit.repeat(times);
  let left = answer.length;
  const more = () => {
    while (left > 0) {
      const part = left >= piece.length ? piece : answer.unit.repeat(Math.ceil(left / answer.unit.length));
      left -= part.length;
      if (!response.write(part)) return response.once('drain', more);
    }
    response.end(answer.end ?? '');
  };
  more();
});
process.on('message', told => {
  answers = told;
  if (server.listening) return;
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
});
process.once('disconnect', () => process.exit());
`;

export interface HostileServer {
  /** Of its process. */
  pid: number;
  /** The base URL under which one of the answers is given. */
  urlOf(answer: number): string;
  /** Has it give other answers from now on. */
  answer(answers: readonly HostileAnswer[]): void;
  close(): Promise<void>;
}

export async function serveHostile(
  answers: readonly HostileAnswer[],
): Promise<HostileServer> {
  const airflow = spawn(process.execPath, ['-e', program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  airflow.send([...answers]);
  const [port] = await once(airflow, 'message');
  const { pid } = airflow;
  if (pid === undefined) throw new Error('The hostile Airflow has no process');
  return {
    pid,
    urlOf: answer => `http://127.0.0.1:${port}/${answer}`,
    answer: others => {
      airflow.send([...others]);
    },
    close: async () => {
      airflow.disconnect();
      await once(airflow, 'exit');
    },
  };
}
