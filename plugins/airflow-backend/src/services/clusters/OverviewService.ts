import {
  airflowViewPermission,
  type overviewEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { z } from 'zod';
import type { OverviewStore } from '../../store';
import type { Access } from '../kit/Access';
import type { CoverageReader } from '../kit/coverage';
import type { OwnerScopes } from '../owners/OwnerScopes';

type Overview = z.output<typeof overviewEndpoints.getOverview.response>;
type OverviewQuery = z.output<typeof overviewEndpoints.getOverview.query>;

const HOUR_MS = 60 * 60_000;

/** What failed lately over the fleet, as far as the caller may see it. */
export class OverviewService {
  constructor(
    private readonly access: Access,
    private readonly ownerScopes: OwnerScopes,
    private readonly overview: OverviewStore,
    private readonly coverage: CoverageReader,
  ) {}

  async get(
    query: OverviewQuery,
    credentials: BackstageCredentials,
  ): Promise<Overview> {
    await this.access.require(airflowViewPermission, credentials);
    const all = await this.access.dags(credentials);
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
