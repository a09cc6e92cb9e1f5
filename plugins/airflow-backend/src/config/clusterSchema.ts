import { IANAZone } from 'luxon';
import { z } from 'zod';
import {
  address,
  duration,
  entityRef,
  httpUrl,
  slug,
  text,
} from '../model/configValues';

const positive = z.number().int().positive();

/** One entry of `airflow.clusters`; keys that nobody reads are refused, since most are typing errors. */
export const clusterSchema = z.strictObject({
  name: slug,
  title: text.optional(),
  baseUrl: address.refine(
    value => !/\/api\/v[12]$/.test(value),
    'must be given without /api/v1 or /api/v2',
  ),
  webUrl: address.optional(),
  environment: text.optional(),
  owner: entityRef.optional(),
  tags: z.array(text).default([]),
  readOnly: z.boolean().default(false),
  defaultTimezone: z
    .string()
    .refine(
      zone => IANAZone.isValidZone(zone),
      'must be an IANA time zone such as Europe/Berlin',
    )
    .optional(),
  auth: z.looseObject({ type: text }),
  tls: z
    .strictObject({
      ca: text.optional(),
      cert: text.optional(),
      key: text.optional(),
      insecureSkipVerify: z.boolean().optional(),
    })
    .refine(
      ({ cert, key }) => (cert === undefined) === (key === undefined),
      'cert and key must be given together',
    )
    .optional(),
  proxy: httpUrl.optional(),
  limits: z
    .strictObject({
      maxInFlight: positive.default(4),
      requestsPerMinute: positive.default(300),
      timeout: duration.default(15_000),
      maxResponseBytes: positive.default(32 * 1024 * 1024),
    })
    .transform(({ timeout, ...limits }) => ({ ...limits, timeoutMs: timeout }))
    .prefault({}),
});

export type CheckedCluster = z.output<typeof clusterSchema>;
