import type {
  Cluster,
  Presence,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink, Text } from '@backstage/ui';
import { useClusterOf } from '../../data/useClusters';
import { useDag, type DagName, type DagWithRuns } from '../../data/useDag';
import { useFavourites } from '../../data/useFavourites';
import { GoneProvider } from '../../data/useGone';
import { DagMenu, PauseSwitch, TriggerButton } from '../../features/actions';
import { FavouriteStar } from '../../features/favourites';
import { DagImportErrors } from '../../features/importErrors';
import { MissingPart } from '../../features/missing';
import { useIds } from '../../ui/address/useIds';
import { isMissing, problemText } from '../../ui/feedback';
import { AwaitedPage, PageHead, type Place } from '../../ui/layout';
import { PresenceMark, stateGlyphs } from '../../ui/state';
import { Moment } from '../../ui/time';
import { DagLine } from './DagLine';
import { DagTabs } from './DagTabs';
import { presenceRemarks } from './presenceRemarks';

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
  const above: Place = { list: 'dags', cluster: name.cluster };
  if (!dag.data) {
    return isMissing(dag.error) ? (
      <MissingPart error={dag.error} wanted={name} />
    ) : (
      <AwaitedPage title={name.dagId} above={above} what="DAG" query={dag} />
    );
  }
  const { data } = dag;
  return (
    <GoneProvider value={data.goneAt ? 'The DAG' : undefined}>
      <article data-kind="dag-page" data-dag={data.dagId}>
        <PageHead
          title={data.displayName}
          above={above}
          sign={signOf(data)}
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
        <DagLine dag={data} />
        <Remarks dag={data} cluster={cluster} />
        {isUnimported(data) && <DagImportErrors dag={name} />}
        <DagTabs name={name} dag={data} cluster={cluster} />
      </article>
    </GoneProvider>
  );
}

function signOf(dag: DagWithRuns): string | undefined {
  if (dag.failing) return stateGlyphs.failed;
  return dag.paused ? '‖' : undefined;
}

/** A file that Airflow could not import the last time may still run as it was before. */
function isUnimported(dag: { hasImportErrors: boolean; presence: Presence }) {
  return dag.presence.state === 'broken' || dag.hasImportErrors;
}

function Remarks(props: { dag: DagWithRuns; cluster: Cluster | undefined }) {
  const { dag, cluster } = props;
  return (
    <>
      {dag.description && (
        <Text as="p" variant="body-medium">
          {dag.description}
        </Text>
      )}
      {dag.presence.state !== 'listed' && (
        <Text
          as="p"
          color={dag.goneAt ? 'warning' : 'danger'}
          data-kind={dag.goneAt ? 'gone-remark' : 'presence-remark'}
        >
          <PresenceMark presence={dag.presence} />.{' '}
          {presenceRemarks[dag.presence.state]}
        </Text>
      )}
      {cluster?.status === 'unreachable' && (
        <Text as="p" color="danger" data-kind="stale-remark">
          Shown as of <Moment at={dag.readAt} />, since {cluster.title} cannot
          be read. {cluster.problem && problemText(cluster.problem)}
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
