import { createServer, type Server, type Socket } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { MailProbe, mailServerOf } from './MailProbe';

describe('MailProbe', () => {
  const logger = mockServices.logger.mock();
  let server: Server;
  let greet: (socket: Socket) => void;

  beforeEach(async () => {
    jest.clearAllMocks();
    greet = socket => socket.write('220 mail.example.com ESMTP\r\n');
    server = createServer(socket => {
      socket.on('error', () => {});
      greet(socket);
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => new Promise(done => server.close(done)));

  const probeOf = () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return new MailProbe(
      { hostname: '127.0.0.1', port, secure: false },
      logger,
    );
  };

  it('is silent while the server greets', async () => {
    await probeOf().look();
    expect(logger.error).not.toHaveBeenCalled();
    expect(logger.info).not.toHaveBeenCalled();
  });

  it.each<[string, (socket: Socket) => void]>([
    ['it hung up', socket => socket.end()],
    ['it does not greet as one', socket => socket.write('HTTP/1.1 400\r\n')],
  ])('says when it is no mail server: %s', async (why, answer) => {
    greet = answer;
    const probe = probeOf();
    await probe.look();
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining(why));
  });

  it('says when it is down, and when it is there again', async () => {
    const probe = probeOf();
    greet = socket => socket.destroy();
    await probe.look();
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('no mail tells of them'),
    );
    expect(probe.remark()).toMatch(
      /^the mail server did not answer at \d{4}-.* UTC \(.+\)$/,
    );
    greet = socket => socket.write('220 here\r\n');
    await probe.look();
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('is there again'),
    );
    expect(probe.remark()).toBeNull();
  });

  it('knows the server of the e-mail module, and no other way of mailing', () => {
    const of = (transportConfig: object) =>
      mailServerOf(
        mockServices.rootConfig({
          data: {
            notifications: { processors: { email: { transportConfig } } },
          },
        }),
      );
    expect(
      of({ transport: 'smtp', hostname: 'mail', port: 25, password: 'hush' }),
    ).toEqual({ hostname: 'mail', port: 25, secure: false });
    expect(of({ transport: 'ses' })).toBeUndefined();
    expect(mailServerOf(mockServices.rootConfig())).toBeUndefined();
  });
});
