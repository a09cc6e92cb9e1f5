import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FILE = resolve(__dirname, '../../../../docs/airflow-requests.md');

/** The cells of each row of the table under a heading of docs/airflow-requests.md, below its head. */
export function requestTable(heading: string): string[][] {
  const [, section = ''] = readFileSync(FILE, 'utf8').split(`## ${heading}\n`);
  const [own] = section.split('\n## ');
  return own
    .split('\n')
    .filter(line => line.startsWith('| '))
    .slice(2)
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
}

/** The names in code style within a cell. */
export function namesIn(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, name]) => name);
}
