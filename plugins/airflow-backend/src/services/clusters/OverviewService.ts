import type { OverviewStore } from '../../store';
import type { CoverageReader } from '../kit/coverage';
import type { Answer, Asked } from '../kit/asked';
import type { OwnerScopes } from '../owners/OwnerScopes';

const HOUR_MS = 60 * 60_000;

/** What failed lately over the fleet, as far as the caller may see it. */
export class OverviewService {
  constructor(
    private readonly ownerScopes: OwnerScopes,
    private readonly overview: OverviewStore,
    private readonly coverage: CoverageReader,
  ) {}

  async get({
    query,
    scope: all,
    credentials,
  }: Asked<'getOverview'>): Promise<Answer<'getOverview'>> {
    const isAsked = ({ name }: { name: string }) =>
      query.cluster?.includes(name) ?? true;
    const scope = {
      clusters: all.clusters.filter(isAsked),
      seen: all.seen.filter(isAsked),
    };
    const since = new Date(Date.now() - query.hours * HOUR_MS);
    const owners = await this.ownerScopes.ownersOf(query.scope, credentials);
    const [stored, coverage] = await Promise.all([
      this.overview.read({ scope, since, owners }),
      this.coverage.read(scope, 'runs'),
    ]);
    return { since: since.toISOString(), ...stored, coverage };
  }
}
