import {
  createContext,
  useContext,
  useEffect,
  useState,
  type ReactNode,
} from 'react';
import { useLocation } from 'react-router-dom';
import { useAirflowPaths } from './useAirflowPaths';

const Left = createContext<ReadonlyMap<string, string>>(new Map());

/** Remembers how each list was left, its filters, order and page, for whoever goes back to it. */
export function ListAddresses(props: { children: ReactNode }) {
  const { overview, dags, alerts, clusters } = useAirflowPaths();
  const { pathname, search } = useLocation();
  const [left, setLeft] = useState<ReadonlyMap<string, string>>(new Map());
  const here = pathname.replace(/\/$/, '');
  const isList = [overview, dags, alerts, clusters].includes(here);
  useEffect(() => {
    if (!isList) return;
    setLeft(before => {
      const others = [...before].map(([list, address]): [string, string] => [
        list,
        inScopeOf(search, address),
      ]);
      return new Map([...others, [here, search]]);
    });
  }, [isList, here, search]);
  return <Left.Provider value={left}>{props.children}</Left.Provider>;
}

/** Whose rows are shown is chosen for all lists at once; the page that was looked at is one of those of before. */
function inScopeOf(chosen: string, address: string): string {
  const scope = new URLSearchParams(chosen).get('scope');
  const query = new URLSearchParams(address);
  if (scope === null || query.get('scope') === scope) return address;
  query.delete('scope');
  query.delete('cursor');
  return query.size > 0 ? `?${query}` : '';
}

/** The address of a list as it was left; as it is at first for those who are there already. */
export function useListAddress(): (list: string) => string {
  const left = useContext(Left);
  const { pathname } = useLocation();
  const here = pathname.replace(/\/$/, '');
  return list => (list === here ? list : `${list}${left.get(list) ?? ''}`);
}
