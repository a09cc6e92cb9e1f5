import type { Dag } from '@airflow-fleet/backstage-plugin-airflow-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ownerSourceWords } from '../alerts';
import { NotInCatalog } from './NotInCatalog';
import styles from './owner.module.css';
import { SetOwnerButton } from './SetOwnerButton';

/** Who owns a DAG, what decided it, and a way to set it. */
export function OwnerLine({ dag }: { dag: Dag }) {
  const { owner } = dag;
  return (
    <div className={styles.owner} data-kind="dag-owner">
      {owner ? (
        <>
          <EntityRefLink entityRef={owner.ref} defaultKind="group" />
          <small>({ownerSourceWords[owner.source](owner.by)})</small>
        </>
      ) : (
        <span>nobody</span>
      )}
      <SetOwnerButton dag={dag} />
      <NotInCatalog owner={owner} />
    </div>
  );
}
