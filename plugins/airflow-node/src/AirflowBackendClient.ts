import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Reads the portal's Airflow API on behalf of another plugin of the portal, by the contract that browsers use.
 *
 * @public
 */
export class AirflowBackendClient {
  private readonly services: { auth: AuthService; discovery: DiscoveryService };

  constructor(services: { auth: AuthService; discovery: DiscoveryService }) {
    this.services = services;
  }

  /**
   * Reads an endpoint that takes no path parameters, as the plugin itself.
   *
   * @throws ResponseError when the Airflow backend refuses or fails
   */
  async get<R extends z.ZodType>(
    endpoint: Pick<Endpoint, 'path'> & { response: R },
    query: Record<string, string> = {},
  ): Promise<z.output<R>> {
    const { auth, discovery } = this.services;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'airflow',
    });
    const url = new URL(
      `${await discovery.getBaseUrl('airflow')}${endpoint.path}`,
    );
    url.search = new URLSearchParams(query).toString();
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw await ResponseError.fromResponse(answer);
    return endpoint.response.parse(await answer.json());
  }
}
