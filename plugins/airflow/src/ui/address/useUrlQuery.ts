import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { z } from 'zod';

type Change<T> = { [K in keyof T]?: T[K] | null };

/** All values of each key, as a list where it is repeated. */
function read(params: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(params.keys())].map(key => {
      const values = params.getAll(key);
      return [key, values.length === 1 ? values[0] : values];
    }),
  );
}

/**
 * What a page shows, kept in the address so that it can be linked to and survives reload and back. What the address
 * holds beyond the schema stays; what is wrong in it counts as absent.
 */
export function useUrlQuery<S extends z.ZodObject>(
  schema: S,
): [z.output<S>, (change: Change<z.input<S>>) => void] {
  const [params, setParams] = useSearchParams();
  const value = useMemo(() => {
    const given = read(params);
    const valid = Object.entries(schema.shape).filter(
      ([key, field]) => key in given && z.safeParse(field, given[key]).success,
    );
    return schema.parse(
      Object.fromEntries(valid.map(([key]) => [key, given[key]])),
    );
  }, [params, schema]);

  const change = useCallback(
    (wanted: Change<z.input<S>>) => {
      setParams(
        before => {
          const next = new URLSearchParams(before);
          for (const [key, values] of Object.entries(wanted)) {
            next.delete(key);
            for (const one of [values].flat()) {
              if (one !== null && one !== undefined && one !== '') {
                next.append(key, String(one));
              }
            }
          }
          return next;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return [value, change];
}
