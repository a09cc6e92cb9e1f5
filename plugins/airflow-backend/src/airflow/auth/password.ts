import type {
  AirflowAuthenticator,
  AirflowAuthStrategy,
  AirflowSignIn,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { airflow3Authenticator } from './airflow3';
import { basicAuth } from './fixed';

/** User and password, used as the cluster's version takes them, also after it was upgraded. */
export const passwordAuth: AirflowAuthStrategy = {
  type: 'password',
  fromConfig: auth => {
    const basic = basicAuth.fromConfig(auth);
    const username = auth.getString('username');
    const password = auth.getString('password');
    return context => {
      const authenticators: Record<'v1' | 'v2', AirflowAuthenticator> = {
        v1: basic(context),
        v2: airflow3Authenticator(context, username, password),
      };
      const present = async ({ apiVersion }: AirflowSignIn) =>
        authenticators[await apiVersion()];
      return {
        credentialKeys: authenticators.v2.credentialKeys,
        headers: async signIn => (await present(signIn)).headers(signIn),
        refused: async (answer, signIn) =>
          (await (await present(signIn)).refused?.(answer, signIn)) ?? false,
      };
    };
  },
};
