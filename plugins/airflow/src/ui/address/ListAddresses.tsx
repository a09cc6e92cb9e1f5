import {
  createContext,
  useContext,
  useEffect,
  useRef,
  type ReactNode,
} from 'react';
import { useLocation } from 'react-router-dom';
import { useAirflowPaths } from './useAirflowPaths';

const Left = createContext<ReadonlyMap<string, string>>(new Map());

/** Remembers how each list was left, its filters, order and page, for whoever goes back to it. */
export function ListAddresses(props: { children: ReactNode }) {
  const { overview, dags, alerts, clusters } = useAirflowPaths();
  const { pathname, search } = useLocation();
  const left = useRef(new Map<string, string>());
  const here = pathname.replace(/\/$/, '');
  const isList = [overview, dags, alerts, clusters].includes(here);
  useEffect(() => {
    if (isList) left.current.set(here, search);
  }, [isList, here, search]);
  return <Left.Provider value={left.current}>{props.children}</Left.Provider>;
}

/** The address of a list as it was left; as it is at first for those who are there already. */
export function useListAddress(): (list: string) => string {
  const left = useContext(Left);
  const { pathname } = useLocation();
  const here = pathname.replace(/\/$/, '');
  return list => (list === here ? list : `${list}${left.get(list) ?? ''}`);
}
