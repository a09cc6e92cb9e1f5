import {
  ownerSources,
  type NamedOwner,
  type Ownership,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';

/**
 * The entity ref of who may own something: a group or a user, in full and in lower case, as `group:default/payments`.
 *
 * @public
 */
export const ownerRefSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?:group|user):[a-z0-9-]{1,63}\/[a-z0-9._-]{1,63}$/,
    'must be the entity ref of a group or a user, such as group:default/payments',
  );

/** For schemas with more or fewer members. */
const namedOwnerObject = z.object({
  ref: z.string(),
  source: z.enum(ownerSources),
  by: z.string(),
});

/** Reads a `NamedOwner`. @public */
export const namedOwnerSchema: Schema<NamedOwner> = schemaOf(namedOwnerObject);

/** Reads an `Ownership`. @public */
export const ownershipSchema: Schema<Ownership> = schemaOf(
  namedOwnerObject.extend({
    notInCatalog: z.array(namedOwnerSchema).optional(),
  }),
);
