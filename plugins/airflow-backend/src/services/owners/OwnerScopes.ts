import type { OwnerScope } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';

/** Knows which owners a caller means by "mine" and "my teams". */
export class OwnerScopes {
  constructor(
    private readonly auth: AuthService,
    private readonly userInfo: UserInfoService,
  ) {}

  /** Entity refs; undefined where everybody's rows are meant, as always when it is no person who asks. */
  async ownersOf(
    scope: OwnerScope | undefined,
    credentials: BackstageCredentials,
  ): Promise<readonly string[] | undefined> {
    if (scope === undefined || scope === 'all') return undefined;
    if (!this.auth.isPrincipal(credentials, 'user')) return undefined;
    const { userEntityRef, ownershipEntityRefs } =
      await this.userInfo.getUserInfo(credentials);
    const refs =
      scope === 'mine'
        ? [userEntityRef]
        : [userEntityRef, ...ownershipEntityRefs];
    return [...new Set(refs.map(ref => ref.toLowerCase()))];
  }
}
