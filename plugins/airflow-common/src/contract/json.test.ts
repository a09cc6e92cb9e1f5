import { airflowEndpoints } from '.';

describe('the conf of a body', () => {
  const { body } = airflowEndpoints.triggerDag;

  it.each([
    '{}',
    ' {"big": 9007199254740993, "id": 12345678901234567890, "x": 1.0} ',
    '{"10": 1, "2": [null, "\\ud83d\\udcbc"]}',
  ])('stays as it is written: %s', conf => {
    expect(body.parse({ conf })).toEqual({ conf });
  });

  it.each([
    ['{"a": {"b": [0, NaN]}}', ['conf', 'a', 'b', 1]],
    ['{"a": 1e999}', ['conf', 'a']],
    ['[1]', ['conf']],
    ['"text"', ['conf']],
    ['{"a": 1', ['conf']],
    ['', ['conf']],
    [{ a: 1 }, ['conf']],
  ])('is refused by its name: %j', (conf, path) => {
    expect(body.safeParse({ conf }).error?.issues[0].path).toEqual(path);
  });
});
