import { Suspense, useEffect, useRef, type ComponentType } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { Loading } from '../feedback';
import { useShortcuts } from '../shortcuts';
import styles from './layout.module.css';

/** One tab of a page about a DAG or a run; `P` is what the page gives to each. */
export interface PageTab<P> {
  /** Stands in the address as `?tab=`. */
  id: string;
  title: string;
  Panel: ComponentType<P>;
  /** The key that leads here, as in Airflow's own pages. */
  shortcut?: string;
  /** Whether there is such a thing here, as where only some versions of Airflow have it; there is when left out. */
  isThere?: (page: P) => boolean;
}

/** What a tab is about stays chosen when another tab is opened: a run, an instance of a mapped task, an attempt. */
const KEPT = ['run', 'map', 'try'];

/** The tabs of a page, of which the first is the page itself; links, so that each can be opened beside. */
export function PageTabs<P extends object>(props: {
  label: string;
  tabs: readonly PageTab<P>[];
  page: P;
}) {
  const { label, page } = props;
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const tabs = props.tabs.filter(({ isThere }) => isThere?.(page) ?? true);
  const hrefOf = (tab: PageTab<P>) => {
    const query = new URLSearchParams(
      [...params].filter(([name]) => KEPT.includes(name)),
    );
    if (tab !== tabs[0]) query.set('tab', tab.id);
    return `?${query}`;
  };
  useShortcuts(
    tabs.flatMap(tab =>
      tab.shortcut
        ? {
            key: tab.shortcut,
            words: tab.title,
            act: () => navigate(hrefOf(tab)),
          }
        : [],
    ),
  );
  const open = tabs.find(({ id }) => id === params.get('tab')) ?? tabs[0];
  const bar = useRef<HTMLElement>(null);
  useEffect(() => showOpen(bar.current), [open.id]);
  return (
    <>
      <nav ref={bar} className={styles.tabs} aria-label={label}>
        {tabs.map(tab => (
          <Link
            key={tab.id}
            to={hrefOf(tab)}
            className={tab === open ? 'active' : undefined}
            aria-current={tab === open ? 'page' : undefined}
            aria-keyshortcuts={tab.shortcut}
            data-kind={`tab-${tab.id}`}
          >
            {tab.title}
          </Link>
        ))}
      </nav>
      <div className={styles.panel} data-kind={`panel-${open.id}`}>
        <Suspense fallback={<Loading what={open.title} />}>
          <open.Panel {...page} />
        </Suspense>
      </div>
    </>
  );
}

/** Where there is not room for all tabs, scrolls to the open one, and nothing but the tabs. */
function showOpen(bar: HTMLElement | null): void {
  const tab = bar?.querySelector<HTMLElement>('[aria-current]');
  if (!bar || !tab) return;
  const end = tab.offsetLeft + tab.offsetWidth;
  const isShown =
    tab.offsetLeft >= bar.scrollLeft && end <= bar.scrollLeft + bar.clientWidth;
  if (isShown) return;
  bar.scrollLeft = tab.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
}
