import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink, Text } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { useClusterOf } from '../../hooks/useClusters';
import { useDag, type DagName } from '../../hooks/useDag';
import { useFavourites } from '../../hooks/useFavourites';
import { GoneProvider } from '../../hooks/useGone';
import { useIds } from '../../hooks/useIds';
import { DagMenu, PauseSwitch, TriggerButton } from '../actions';
import { FavouriteStar } from '../favourites';
import { ErrorPanel, isMissing, Loading } from '../feedback';
import { PageHead } from '../layout';
import { MissingPart } from '../missing';
import { Moment } from '../time';
import { DagLine } from './DagLine';
import { DagTabs } from './DagTabs';

/** One DAG: whether it runs as it should, its runs, and what it is. */
export function DagPage() {
  const { cluster = '', dagId = '' } = useIds();
  // Another DAG is another page: nothing of the one before stays.
  const name = { cluster, dagId };
  return <NamedDag key={JSON.stringify(name)} name={name} />;
}

function NamedDag({ name }: { name: DagName }) {
  const dag = useDag(name);
  const cluster = useClusterOf(name);
  const favourites = useFavourites();
  const [params] = useSearchParams();
  if (dag.isPending) return <Loading what="the DAG" rows={10} />;
  if (!dag.data) {
    return isMissing(dag.error) ? (
      <MissingPart error={dag.error} wanted={name} />
    ) : (
      <ErrorPanel
        title="The DAG could not be loaded"
        error={dag.error}
        onRetry={() => dag.refetch()}
      />
    );
  }
  const { data } = dag;
  // The first tab tells all of that itself.
  const isWithin = params.has('tab') && params.get('tab') !== 'overview';
  return (
    <GoneProvider value={data.goneAt ? 'The DAG' : undefined}>
      <article data-kind="dag-page" data-dag={data.dagId}>
        <PageHead
          title={data.displayName}
          above={{ cluster: name.cluster }}
          beside={
            <>
              <FavouriteStar dag={name} favourites={favourites} />
              {!data.goneAt && <PauseSwitch dag={name} paused={data.paused} />}
            </>
          }
          actions={
            <>
              <TriggerButton dag={name} />
              {!data.goneAt && (
                <OutLink href={data.webUrl} target="_blank">
                  Open in Airflow
                </OutLink>
              )}
              <DagMenu name={name} />
            </>
          }
        />
        <Remarks dag={data} cluster={cluster} />
        {isWithin && <DagLine dag={data} />}
        <DagTabs name={name} dag={data} cluster={cluster} />
      </article>
    </GoneProvider>
  );
}

function Remarks(props: {
  dag: NonNullable<ReturnType<typeof useDag>['data']>;
  cluster: Cluster | undefined;
}) {
  const { dag, cluster } = props;
  return (
    <>
      {dag.description && (
        <Text as="p" variant="body-medium">
          {dag.description}
        </Text>
      )}
      {dag.goneAt && (
        <Text as="p" color="warning" data-kind="gone-remark">
          Airflow does not list this DAG since <Moment at={dag.goneAt} />. What
          is shown was stored before, and nothing can be done to it but to
          delete what Airflow may still keep of it.
        </Text>
      )}
      {dag.hasImportErrors && (
        <Text as="p" color="danger">
          Its file could not be imported; Airflow runs the version before.
        </Text>
      )}
      {cluster?.status === 'unreachable' && (
        <Text as="p" color="danger" data-kind="stale-remark">
          {cluster.title} cannot be read: {cluster.problem?.message} Shown as of{' '}
          <Moment at={dag.readAt} />.
        </Text>
      )}
      {cluster?.readOnly && (
        <Text as="p" color="secondary">
          {cluster.title} is read-only in the portal.
        </Text>
      )}
    </>
  );
}
