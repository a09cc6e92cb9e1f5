import { plainText } from './plainText';

describe('the words of a Markdown text', () => {
  it.each([
    [
      'headings and emphasis',
      '# Runbook\nAsk the **warehouse** _people_',
      'Runbook\nAsk the warehouse people',
    ],
    [
      'links and images',
      'See [the plan](https://a.example/x_y) ![a chart](c.png)',
      'See the plan a chart',
    ],
    [
      'code',
      'Run `make all`:\n\n```sh\nmake all\n```',
      'Run make all:\nmake all',
    ],
    [
      'lists within lists',
      '- one\n  - two\n1. three\n- [x] done',
      'one\ntwo\nthree\ndone',
    ],
    ['tables', '| a | b |\n|---|---|\n| *c* | d |', 'a b\nc d'],
    [
      'quotes, rules and HTML',
      '> careful\n\n---\n\n<b>not</b> bold<br>\n<!-- hidden -->',
      'careful\nnot bold',
    ],
    [
      'signs that are meant',
      '2 \\* 3 and snake_case_name',
      '2 * 3 and snake_case_name',
    ],
    ['nothing', '', ''],
  ])('are those of %s', (_what, markdown, words) => {
    expect(plainText(markdown)).toBe(words);
  });
});
