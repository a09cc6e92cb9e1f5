import { dagPresences } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagFacets } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Select, Switch } from '@backstage/ui';
import { Choice, knownOf } from '../../ui/filters';
import { presenceWord } from '../../ui/state';
import type { DagFilterProps } from './DagFilterProps';
import { pageSizes } from './dagsQuery';

/** What the list is seldom filtered by, and how long a page of it is. */
export function RareChoices(
  props: DagFilterProps & { facets: DagFacets | undefined },
) {
  const { filter, facets, limit, onlyFavourites, onChange } = props;
  return (
    <>
      <Select
        aria-label="Active or paused"
        size="small"
        options={[
          { value: 'any', label: 'active or paused' },
          { value: 'active', label: 'active' },
          { value: 'paused', label: 'paused' },
        ]}
        value={pausedChoice(filter.paused)}
        onChange={choice =>
          onChange({ paused: choice === 'any' ? null : choice === 'paused' })
        }
        data-kind="filter-paused"
      />
      <Choice
        label="Presence"
        counts={facets?.presence}
        chosen={filter.presence}
        nameOf={presenceName}
        onChange={states =>
          onChange({ presence: knownOf(dagPresences, states) })
        }
      />
      <Choice
        label="Airflow owner"
        counts={facets?.owner}
        chosen={filter.owner}
        onChange={owner => onChange({ owner })}
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
        label="Include deleted"
        isSelected={filter.includeGone ?? false}
        onChange={isOn => onChange({ includeGone: isOn || null })}
        data-kind="filter-gone"
      />
      <Select
        aria-label="Rows"
        size="small"
        options={pageSizes.map(size => ({
          value: String(size),
          label: `${size} rows`,
        }))}
        value={String(limit)}
        onChange={size => onChange({ limit: Number(size) })}
      />
    </>
  );
}

function presenceName(value: string): string {
  const state = dagPresences.find(known => known === value);
  return state ? presenceWord(state) : value;
}

function pausedChoice(paused: boolean | undefined): string {
  if (paused === undefined) return 'any';
  return paused ? 'paused' : 'active';
}
