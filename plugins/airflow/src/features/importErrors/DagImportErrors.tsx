import { Link } from 'react-router-dom';
import type { DagName } from '../../data/useDag';
import { useImportErrors } from '../../data/useImportErrors';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Empty, Loaded } from '../../ui/feedback';
import { Section } from '../../ui/layout';
import { ImportErrorDetails } from './ImportErrorDetails';

/** Why the file of a DAG cannot be imported, for whoever has to mend it. */
export function DagImportErrors({ dag }: { dag: DagName }) {
  const errors = useImportErrors(dag.cluster, dag.dagId);
  const paths = useAirflowPaths();
  return (
    <Section title="Why its file cannot be imported" kind="dag-import-errors">
      <Loaded what="import error" query={errors} rows={2}>
        {({ items }) =>
          items.length > 0 ? (
            items.map(error => (
              <ImportErrorDetails key={error.id} error={error} />
            ))
          ) : (
            <Empty>
              The portal knows no error of this file;{' '}
              <Link to={`${paths.cluster(dag.cluster)}?tab=import-errors`}>
                those of all files of {dag.cluster}
              </Link>{' '}
              may say more.
            </Empty>
          )
        }
      </Loaded>
    </Section>
  );
}
