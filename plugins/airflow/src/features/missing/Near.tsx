import { Text } from '@backstage/ui';
import { Link } from 'react-router-dom';
import styles from './missing.module.css';

/** Things like the one that is missing; nothing where there are none. */
export function Near(props: {
  title: string;
  links: readonly { to: string; text: string }[];
}) {
  const { title, links } = props;
  if (links.length === 0) return null;
  return (
    <section aria-label={title} data-kind="near" className={styles.near}>
      <Text as="p" variant="body-medium">
        {title}
      </Text>
      <ul>
        {links.map(({ to, text }) => (
          <li key={to}>
            <Link to={to}>{text}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
