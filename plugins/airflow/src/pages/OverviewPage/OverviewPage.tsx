import { Select } from '@backstage/ui';
import { z } from 'zod';
import { useClusters } from '../../data/useClusters';
import { useOverview } from '../../data/useOverview';
import { ScopeBar } from '../../features/scope';
import { useOwnerScope } from '../../features/scope/useOwnerScope';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { ErrorPanel, Loading } from '../../ui/feedback';
import { Freshness, PageHead, Section } from '../../ui/layout';
import { stateGlyphs } from '../../ui/state';
import { ClusterStrip } from './ClusterStrip';
import { FailingList } from './FailingList';
import { Figures } from './Figures';
import { LongestRunning } from './LongestRunning';
import { Triage } from './Triage';
import { UnreadClusters } from './UnreadClusters';
import { useUrgentAlerts } from './useUrgentAlerts';

const windows = [1, 6, 24, 72, 168] as const;

const overviewQuery = z.object({
  hours: z.coerce.number<number | string>().int().min(1).max(336).default(24),
});

/** What is broken over the whole fleet: trouble first, calm when all is well. */
export function OverviewPage() {
  const [{ hours }, change] = useUrlQuery(overviewQuery);
  const [scope, setScope] = useOwnerScope();
  const overview = useOverview({ hours, scope });
  const clusters = useClusters();
  const { alerts, items } = useUrgentAlerts(scope);
  return (
    <div data-kind="overview-page">
      <PageHead
        title="Overview"
        sign={signOf(overview.data)}
        beside={
          overview.data && <Freshness coverage={overview.data.coverage} />
        }
        actions={
          <>
            <ScopeBar scope={scope} onChange={setScope} />
            <Select
              aria-label="Within"
              size="small"
              options={windows.map(length => ({
                value: String(length),
                label: windowText(length),
              }))}
              value={String(hours)}
              onChange={key => change({ hours: Number(key) })}
            />
          </>
        }
      />
      {overview.isPending && <Loading what="the overview" rows={8} />}
      {overview.error && (
        <ErrorPanel
          title="The overview could not be loaded"
          error={overview.error}
          onRetry={() => overview.refetch()}
        />
      )}
      {overview.data && (
        <>
          <Figures overview={overview.data} clusters={clusters.data?.items} />
          <UnreadClusters
            clusters={clusters.data?.items ?? []}
            alerts={items}
          />
          <Section title="Needs attention" kind="triage">
            <Triage alerts={alerts} items={items} scope={scope} />
          </Section>
          <Section
            title={`Failing, or recovered within ${windowText(hours)}`}
            kind="failing"
          >
            <FailingList overview={overview.data} scope={scope} />
          </Section>
        </>
      )}
      {clusters.data && (
        <Section title="Clusters" kind="cluster-strip">
          <ClusterStrip clusters={clusters.data.items} />
        </Section>
      )}
      {overview.data && overview.data.longestRunning.length > 0 && (
        <Section title="Running longest" kind="longest-running">
          <LongestRunning runs={overview.data.longestRunning} />
        </Section>
      )}
    </div>
  );
}

/** How many DAGs fail, which is what a tab of the browser is looked at for. */
function signOf(overview: { failingTotal: number } | undefined) {
  const failing = overview?.failingTotal ?? 0;
  return failing > 0 ? `${stateGlyphs.failed} ${failing}` : undefined;
}

function windowText(hours: number): string {
  return hours > 24 ? `${hours / 24} days` : `${hours} h`;
}
