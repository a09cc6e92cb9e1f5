import net from 'node:net';
import tls from 'node:tls';
import type {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { connectionReason } from '../../airflow/transport';
import { utc } from '../../rules/words';

const TIMEOUT_MS = 10_000;

/** The mail server of Backstage's e-mail module. */
export interface MailServer {
  hostname: string;
  port: number;
  /** Whether it speaks TLS from the first byte on. */
  secure: boolean;
}

/** The SMTP server that notifications are mailed by; undefined when there is none, or mails go another way. */
export function mailServerOf(
  config: RootConfigService,
): MailServer | undefined {
  const transport = config.getOptionalConfig(
    'notifications.processors.email.transportConfig',
  );
  if (transport?.getOptionalString('transport') !== 'smtp') return undefined;
  return {
    hostname: transport.getString('hostname'),
    port: transport.getNumber('port'),
    secure: transport.getOptionalBoolean('secure') ?? false,
  };
}

/**
 * Asks whether the mail server is there, for the module that sends by it tells nobody but its log when a mail is lost.
 * It waits for the greeting and says nothing, so it needs no password.
 */
export class MailProbe {
  private problem: { at: Date; why: string } | null = null;

  constructor(
    private readonly server: MailServer,
    private readonly logger: LoggerService,
  ) {}

  /** In every replica, for every replica sends mails. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'airflow-mail-probe',
      scope: 'local',
      frequency: { minutes: 1 },
      timeout: { minutes: 1 },
      fn: () => this.look(),
    });
  }

  async look(): Promise<void> {
    const { hostname, port } = this.server;
    const problem = await greeting(this.server);
    if (problem) {
      this.logger.error(
        `The mail server at ${hostname}:${port}, by which notifications are mailed, is not there: ${problem}. Alerts that are handed to notifications ring the bell in the portal, and no mail tells of them`,
      );
    } else if (this.problem) {
      this.logger.info(
        `The mail server at ${hostname}:${port} is there again. Mails of the time without it are lost`,
      );
    }
    this.problem = problem ? { at: new Date(), why: problem } : null;
  }

  /** What is wrong with mails, as of the last look; null when nothing is known to be. */
  remark(): string | null {
    return (
      this.problem &&
      `the mail server did not answer at ${utc(
        this.problem.at.toISOString(),
      )} (${this.problem.why})`
    );
  }
}

/** @returns why there was none */
function greeting({
  hostname: host,
  port,
  secure,
}: MailServer): Promise<string | undefined> {
  return new Promise(done => {
    const socket = secure
      ? tls.connect({ host, port, servername: host })
      : net.connect({ host, port });
    const end = (problem?: string) => {
      socket.destroy();
      done(problem);
    };
    socket.setTimeout(TIMEOUT_MS, () =>
      end(`it did not greet within ${TIMEOUT_MS / 1_000} seconds`),
    );
    socket.once('error', error =>
      end(connectionReason(error) ?? 'the connection failed'),
    );
    socket.once('close', () => end('it hung up'));
    socket.once('data', data => {
      const [line] = data.toString('latin1').split('\r\n');
      end(line.startsWith('220') ? undefined : 'it does not greet as one');
    });
  });
}
