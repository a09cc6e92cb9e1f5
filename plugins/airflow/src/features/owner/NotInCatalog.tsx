import type { Ownership } from '@airflow-fleet/backstage-plugin-airflow-common';
import { ownerSourceWords } from '../alerts';
import styles from './owner.module.css';

/** Says who is named as owner before the one there is, but is not in the catalog: most often a slip in a tag. */
export function NotInCatalog({ owner }: { owner: Ownership | null }) {
  if (!owner?.notInCatalog) return null;
  return (
    <ul className={styles.missing} data-kind="owners-missing">
      {owner.notInCatalog.map(({ ref, source, by }) => (
        <li key={`${source} ${by}`}>
          <span aria-hidden="true">▲</span> {ref} is not in the catalog (
          {ownerSourceWords[source](by)})
        </li>
      ))}
    </ul>
  );
}
