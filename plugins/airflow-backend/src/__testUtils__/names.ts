import dns from 'node:dns';

/** The name server of a test. */
export interface StandInNames {
  /** Answers with this error code, such as `ENOTFOUND`; well again with none. */
  fail(code: string | undefined): void;
  restore(): void;
}

/** Stands in for the name server: every name leads to this machine, those below `.test` until it is told to fail. */
export function standInNames(): StandInNames {
  let failure: string | undefined;
  const spy = jest
    .spyOn(dns, 'lookup')
    .mockImplementation((host: string, ...rest: unknown[]) => {
      const answer = rest.at(-1);
      if (typeof answer !== 'function') return;
      if (failure === undefined || !host.endsWith('.test')) {
        answer(null, [{ address: '127.0.0.1', family: 4 }]);
        return;
      }
      const words = `getaddrinfo ${failure} ${host}`;
      answer(Object.assign(new Error(words), { code: failure }));
    });
  return {
    fail: code => {
      failure = code;
    },
    restore: () => spy.mockRestore(),
  };
}
