import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { z } from 'zod';

/** A group or user who may own something. */
export interface PossibleOwner {
  /** Entity ref. */
  ref: string;
  name: string;
}

const SHOWN = 20;

const profileSchema = z.object({ displayName: z.string() });

/** Groups and users of the catalog whose names hold a text. */
export function useOwnerSearch(text: string) {
  const catalog = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['possible-owners', text],
    queryFn: async (): Promise<PossibleOwner[]> => {
      const { items } = await catalog.queryEntities({
        filter: { kind: ['Group', 'User'] },
        fullTextFilter: {
          term: text,
          fields: [
            'metadata.name',
            'metadata.title',
            'spec.profile.displayName',
          ],
        },
        fields: ['kind', 'metadata', 'spec.profile.displayName'],
        limit: SHOWN,
      });
      return items.map(entity => ({
        ref: stringifyEntityRef(entity),
        name: nameOf(entity),
      }));
    },
    placeholderData: keepPreviousData,
  });
}

function nameOf({ metadata, spec }: Entity): string {
  const profile = profileSchema.safeParse(spec?.profile);
  return profile.data?.displayName ?? metadata.title ?? metadata.name;
}
