import { dagPresences } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Select, Switch } from '@backstage/ui';
import { useDagFacets, type DagFilter } from '../../data/useDags';
import { refName } from '../../features/alerts';
import {
  Choice,
  ClearFilters,
  FilterBar,
  knownOf,
  MoreFilters,
  PlaceChoices,
  TextFilter,
} from '../../ui/filters';
import { presenceWord, stateWord } from '../../ui/state';
import { pageSizes } from './dagsQuery';

type LastRunState = NonNullable<DagFilter['lastRunState']>[number];
const lastRunStates: readonly LastRunState[] = [
  'failed',
  'running',
  'queued',
  'success',
  'none',
  'unknown',
];

/** What a change of the filters sets; null takes a filter away. */
export type FilterChange = {
  [K in keyof DagFilter]?: DagFilter[K] | null;
} & { limit?: number; favourites?: boolean | null };

/** The filters of the DAG list, each value with how many DAGs it would show. */
export function DagFilters(props: {
  filter: DagFilter;
  limit: number;
  onlyFavourites: boolean;
  onChange: (change: FilterChange) => void;
}) {
  const { filter, limit, onlyFavourites, onChange } = props;
  const { data: facets } = useDagFacets(filter);
  const { scope, dag, text, tagMatch, ...narrowed } = filter;
  const isSet = (value: unknown) => value !== undefined;
  const narrowings =
    Object.values(narrowed).filter(isSet).length + (onlyFavourites ? 1 : 0);
  return (
    <FilterBar label="Filter DAGs">
      <TextFilter
        placeholder="id, name, description, tag"
        text={text ?? ''}
        onChange={typed => onChange({ text: typed || null })}
      />
      <MoreFilters set={narrowings}>
        <PlaceChoices counts={facets} chosen={filter} onChange={onChange} />
        <Choice
          label="Last run"
          counts={facets?.lastRunState}
          chosen={filter.lastRunState}
          nameOf={lastRunWord}
          onChange={states =>
            onChange({ lastRunState: knownOf(lastRunStates, states) })
          }
        />
        <Choice
          label="Presence"
          counts={facets?.presence}
          chosen={filter.presence}
          nameOf={presenceName}
          placeholder={filter.includeGone ? 'all' : 'all but gone'}
          onChange={states =>
            onChange({ presence: knownOf(dagPresences, states) })
          }
        />
        <Choice
          label="Tag"
          counts={facets?.tag}
          chosen={filter.tag}
          onChange={tag => onChange({ tag })}
        />
        {(filter.tag?.length ?? 0) > 1 && (
          <Select
            label="With"
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
          chosen={filter.ownerRef}
          nameOf={ownerWord}
          onChange={ownerRef => onChange({ ownerRef })}
        />
        <Choice
          label="Airflow owner"
          counts={facets?.owner}
          chosen={filter.owner}
          onChange={owner => onChange({ owner })}
        />
        <Select
          label="In service"
          size="small"
          options={[
            { value: 'any', label: 'all' },
            { value: 'active', label: 'active' },
            { value: 'paused', label: 'paused' },
          ]}
          value={pausedChoice(filter.paused)}
          onChange={choice =>
            onChange({ paused: choice === 'any' ? null : choice === 'paused' })
          }
          data-kind="filter-paused"
        />
        <Switch
          label="Failing"
          isSelected={filter.failing ?? false}
          onChange={isOn => onChange({ failing: isOn || null })}
          data-kind="filter-failing"
        />
        <Switch
          label="Favourites"
          isSelected={onlyFavourites}
          onChange={isOn => onChange({ favourites: isOn || null })}
          data-kind="filter-favourites"
        />
        <Switch
          label="Import errors"
          isSelected={filter.hasImportErrors ?? false}
          onChange={isOn => onChange({ hasImportErrors: isOn || null })}
          data-kind="filter-import-errors"
        />
        <Switch
          label="Gone ones too"
          isSelected={filter.includeGone ?? false}
          onChange={isOn => onChange({ includeGone: isOn || null })}
          data-kind="filter-gone"
        />
        <Select
          label="Rows"
          size="small"
          options={pageSizes.map(size => ({
            value: String(size),
            label: String(size),
          }))}
          value={String(limit)}
          onChange={size => onChange({ limit: Number(size) })}
        />
        {(narrowings > 0 || isSet(text)) && (
          <ClearFilters
            onPress={() =>
              onChange({
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
              })
            }
          />
        )}
      </MoreFilters>
    </FilterBar>
  );
}

function lastRunWord(value: string): string {
  const state = lastRunStates.find(known => known === value);
  return !state || state === 'none' ? 'never ran' : stateWord(state);
}

function presenceName(value: string): string {
  const state = dagPresences.find(known => known === value);
  return state ? presenceWord(state) : value;
}

function ownerWord(value: string): string {
  return value === 'none' ? 'nobody' : refName(value);
}

function pausedChoice(paused: boolean | undefined): string {
  if (paused === undefined) return 'any';
  return paused ? 'paused' : 'active';
}
