import type { Reading } from '../../data/useReading';
import { Loaded } from '../feedback';
import { PageHead, type Place } from './PageHead';

/** A page until what its address names is there, or with why it is not to be had: where it is, is known already. */
export function AwaitedPage<T>(props: {
  title: string;
  above: Place;
  /** In words that fit "The … could not be loaded". */
  what: string;
  query: Reading<T>;
}) {
  const { title, above, what, query } = props;
  return (
    <article>
      <PageHead title={title} above={above} />
      <Loaded what={what} query={query} rows={10}>
        {() => null}
      </Loaded>
    </article>
  );
}
