import {
  airflowPaths,
  readAirflowPath,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { address } from '../model/configValues';
import type { LinksConfig } from './types';

export const linksSchema = z
  .strictObject({
    path: z
      .string()
      .regex(
        /^\/([\w.~-]+(\/[\w.~-]+)*\/?)?$/,
        'must be a path such as /data/airflow',
      )
      .optional(),
    baseUrl: address.optional(),
  })
  .prefault({});

/** @throws InputError when the portal's address is not known, for mails and webhooks cannot do without */
export function readLinks(
  root: Config,
  { baseUrl }: z.output<typeof linksSchema>,
): LinksConfig {
  const ofApp = root.getOptionalString('app.baseUrl')?.replace(/\/+$/, '');
  const leadsTo = baseUrl ?? ofApp;
  if (!leadsTo) {
    throw new InputError(
      'Links in mails and webhooks need the address of the portal: set app.baseUrl or airflow.links.baseUrl',
    );
  }
  return {
    paths: airflowPaths(readAirflowPath(root)),
    baseUrl: leadsTo,
    isOwnBaseUrl: leadsTo !== ofApp,
  };
}
