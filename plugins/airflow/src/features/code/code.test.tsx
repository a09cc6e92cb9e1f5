import { screen } from '@testing-library/react';
import { AirflowApiError } from '../..';
import { dagPortal, kinds } from '../../__testUtils__/dagPortal';
import type { Answers } from '../../__testUtils__/fakeApi';

const AT = '2026-11-23T02:00:00.000Z';

describe('the code of a DAG', () => {
  const sources: Answers = {
    getDagSource: ({ query: { version = 2 } }) => ({
      code: `# version ${version}\nreturn "same"\n`,
      version,
    }),
  };
  const versions = {
    listDagVersions: () => ({
      items: [2, 1].map(number => ({
        number,
        createdAt: AT,
        bundle: null,
        bundleVersion: null,
      })),
    }),
  };
  const textOf = (kind: string) => kinds(kind).map(one => one.textContent);

  it('is shown in colours', async () => {
    dagPortal('?tab=code', {
      ...sources,
      listDagVersions: () => ({ items: [] }),
    });
    expect(await screen.findByText('return')).toHaveAttribute(
      'data-code',
      'keyword',
    );
    expect(textOf('dag-code')).toEqual(['# version 2\nreturn "same"\n\n']);
    expect(kinds('code-version')).toEqual([]);
  });

  it('is compared with another version, as the address says', async () => {
    dagPortal('?tab=code&against=1', { ...sources, ...versions });
    await screen.findByText(/^− # version 1/);
    expect(textOf('code-comparison')).toEqual([
      '− # version 1\n+ # version 2\n  return "same"\n',
    ]);
    expect(kinds('code-version')).toHaveLength(1);
  });

  it('says who may allow it when it is refused', async () => {
    dagPortal('?tab=code', {
      ...versions,
      getDagSource: () => {
        throw new AirflowApiError(403, {
          code: 'not-allowed',
          message: 'You lack the permission airflow.dag.code.read',
          hint: 'Ask those who keep the policy',
        });
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /code could not be loaded.*airflow.dag.code.read.*Ask those/,
    );
  });
});
