import { problemCodes } from '@airflow-fleet/backstage-plugin-airflow-common';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { statusOf } from './problemStatus';

const document = readFileSync(
  resolve(__dirname, '../../../../docs/runbooks.md'),
  'utf8',
);

/** Each code of the table with its status; one status may be that of all codes of a row. */
const [, section] = document.split('## Codes\n');
const said = section
  .split('\n## ')[0]
  .split('\n')
  .filter(line => line.startsWith('| `'))
  .flatMap(line => {
    const [, codes, statuses] = line.split('|').map(cell => cell.split(', '));
    return codes.map((code, i) => [
      code.trim().replaceAll('`', ''),
      Number(statuses[i] ?? statuses[0]),
    ]);
  });

it('is in the runbooks for each code', () => {
  const all = problemCodes.map(code => [code, statusOf(code)]);
  expect(said.sort()).toEqual(all.sort());
});
