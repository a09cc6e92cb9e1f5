import { useLocation, useParams } from 'react-router-dom';

/**
 * The ids in the address, as `useParams` gives them but for one thing: React Router takes the three characters `%2F`
 * of an id for a slash, so an id with either is read from the address itself.
 */
export function useIds(): Readonly<Record<string, string | undefined>> {
  const params = useParams();
  const { pathname } = useLocation();
  // They stand in the address in the order of their names.
  const left = pathname.split('/').map(decoded);
  const exact = (read: string) => {
    const place = left.findIndex(id => id.replaceAll('%2F', '/') === read);
    return place < 0 ? read : left.splice(0, place + 1)[place];
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, read]) => [
      name,
      read?.includes('/') ? exact(read) : read,
    ]),
  );
}

/** What no link of ours holds stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
