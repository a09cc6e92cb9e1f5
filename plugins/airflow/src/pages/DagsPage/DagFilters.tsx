import { Select } from '@backstage/ui';
import { useDagFacets, type DagFilter } from '../../data/useDags';
import { refName } from '../../features/alerts';
import {
  Choice,
  ClearFilters,
  FilterBar,
  knownOf,
  PlaceChoices,
  TextFilter,
} from '../../ui/filters';
import { stateWord } from '../../ui/state';
import type { DagFilterProps, FilterChange } from './DagFilterProps';
import { RareChoices } from './RareChoices';

type LastRunState = NonNullable<DagFilter['lastRunState']>[number];
const lastRunStates: readonly LastRunState[] = [
  'failed',
  'running',
  'queued',
  'success',
  'none',
  'unknown',
];

const nothingChosen: FilterChange = {
  cluster: null,
  environment: null,
  lastRunState: null,
  presence: null,
  failing: null,
  paused: null,
  tag: null,
  tagMatch: null,
  owner: null,
  ownerRef: null,
  dag: null,
  dagPattern: null,
  favourites: null,
  hasImportErrors: null,
  includeGone: null,
  text: null,
};

/** The filters of the DAG list, each value with how many DAGs it would show. */
export function DagFilters(props: DagFilterProps) {
  const { filter, limit, onlyFavourites, onChange } = props;
  const { data: facets } = useDagFacets(filter);
  const isSet = (value: unknown) => value !== undefined;
  const { scope, dag, text, tagMatch, ...narrowed } = filter;
  const { cluster, environment, lastRunState, tag, ownerRef, ...rare } =
    narrowed;
  const isRareMade = onlyFavourites || Object.values(rare).some(isSet);
  const made =
    Object.values(narrowed).filter(isSet).length + (onlyFavourites ? 1 : 0);
  return (
    <FilterBar
      label="Filter DAGs"
      made={made}
      text={
        <TextFilter
          placeholder="Search id, name, description, tag"
          text={text ?? ''}
          onChange={typed => onChange({ text: typed || null })}
        />
      }
      choices={
        <>
          <PlaceChoices counts={facets} chosen={filter} onChange={onChange} />
          <Choice
            label="Last run"
            counts={facets?.lastRunState}
            chosen={lastRunState}
            nameOf={lastRunWord}
            onChange={states =>
              onChange({ lastRunState: knownOf(lastRunStates, states) })
            }
          />
          <Choice
            label="Tag"
            counts={facets?.tag}
            chosen={tag}
            onChange={tags => onChange({ tag: tags })}
          />
          {(tag?.length ?? 0) > 1 && (
            <Select
              aria-label="With"
              size="small"
              options={[
                { value: 'any', label: 'any of these tags' },
                { value: 'all', label: 'all of these tags' },
              ]}
              value={tagMatch ?? 'any'}
              onChange={match =>
                onChange({ tagMatch: match === 'all' ? 'all' : null })
              }
              data-kind="filter-tag-match"
            />
          )}
          <Choice
            label="Owner"
            counts={facets?.ownerRef}
            chosen={ownerRef}
            nameOf={ownerWord}
            onChange={refs => onChange({ ownerRef: refs })}
          />
          {(made > 0 || isSet(text)) && (
            <ClearFilters onPress={() => onChange(nothingChosen)} />
          )}
        </>
      }
      rare={{
        isMade: isRareMade,
        choices: (
          <RareChoices
            filter={filter}
            facets={facets}
            limit={limit}
            onlyFavourites={onlyFavourites}
            onChange={onChange}
          />
        ),
      }}
    />
  );
}

function lastRunWord(value: string): string {
  const state = lastRunStates.find(known => known === value);
  return !state || state === 'none' ? 'never ran' : stateWord(state);
}

function ownerWord(value: string): string {
  return value === 'none' ? 'nobody' : refName(value);
}
