import { sentText } from './words';

describe('what the timeline says of a notice that was handed over', () => {
  const notice = {
    notice: 'fired',
    channel: 'notifications',
    recipient: 'group:default/payments',
  } as const;

  it.each<[string, Parameters<typeof sentText>[1], string]>([
    [
      'by itself',
      { receipt: null, others: 0 },
      'Handed to notifications for group:default/payments, that it fires',
    ],
    [
      'while the mail server is down',
      { receipt: null, others: 0, remark: 'the mail server is down' },
      'Handed to notifications for group:default/payments, that it fires. Whether a mail arrived is not known: the mail server is down',
    ],
    [
      'with others, while the mail server is down',
      { receipt: null, others: 2, remark: 'the mail server is down' },
      'Handed to notifications for group:default/payments, that it fires, together with 2 other alerts. Whether a mail arrived is not known: the mail server is down',
    ],
  ])('%s', (_what, how, expected) => {
    expect(sentText(notice, how)).toBe(expected);
  });
});
