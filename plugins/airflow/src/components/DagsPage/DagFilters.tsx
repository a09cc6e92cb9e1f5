import type { DagFacets } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, SearchField, Select } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useDagFacets, type DagFilter } from '../../hooks/useDags';
import { stateWord } from '../state';
import { pageSizes } from './dagsQuery';
import styles from './DagFilters.module.css';

/** What a change of the filters sets; null takes a filter away. */
export type FilterChange = {
  [K in keyof DagFilter]?: DagFilter[K] | null;
} & { limit?: number };

const PATIENCE_MS = 250;

/** The filters of the DAG list, each value with how many DAGs it would show. */
export function DagFilters(props: {
  filter: DagFilter;
  limit: number;
  onChange: (change: FilterChange) => void;
}) {
  const { filter, limit, onChange } = props;
  const { data: facets } = useDagFacets(filter);
  const isFiltered = Object.values(filter).some(value => value !== undefined);
  return (
    <div className={styles.filters} role="search" aria-label="Filter DAGs">
      <TextFilter
        text={filter.text ?? ''}
        onChange={text => onChange({ text: text || null })}
      />
      <Choice
        label="Cluster"
        counts={facets?.cluster}
        chosen={filter.cluster}
        onChange={cluster => onChange({ cluster })}
      />
      <Choice
        label="Environment"
        counts={facets?.environment}
        chosen={filter.environment}
        onChange={environment => onChange({ environment })}
      />
      <Choice
        label="Last run"
        counts={facets?.lastRunState}
        chosen={filter.lastRunState}
        nameOf={lastRunWord}
        onChange={states => onChange({ lastRunState: knownStates(states) })}
      />
      <Choice
        label="Tag"
        counts={facets?.tag}
        chosen={filter.tag}
        onChange={tag => onChange({ tag })}
      />
      <Choice
        label="Owner"
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
      {isFiltered && (
        <Button
          variant="tertiary"
          size="small"
          onPress={() =>
            onChange({
              cluster: null,
              environment: null,
              lastRunState: null,
              paused: null,
              tag: null,
              tagMatch: null,
              owner: null,
              hasImportErrors: null,
              includeGone: null,
              text: null,
            })
          }
          data-kind="filter-clear"
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}

type LastRunState = NonNullable<DagFilter['lastRunState']>[number];
const lastRunStates: readonly LastRunState[] = [
  'failed',
  'running',
  'queued',
  'success',
  'none',
  'unknown',
];

function knownStates(chosen: string[] | null): LastRunState[] | null {
  return chosen && lastRunStates.filter(state => chosen.includes(state));
}

function lastRunWord(value: string): string {
  const state = lastRunStates.find(known => known === value);
  return !state || state === 'none' ? 'never ran' : stateWord(state);
}

function pausedChoice(paused: boolean | undefined): string {
  if (paused === undefined) return 'any';
  return paused ? 'paused' : 'active';
}

function Choice(props: {
  label: string;
  counts: DagFacets['cluster'] | undefined;
  chosen: string[] | undefined;
  nameOf?: (value: string) => string;
  onChange: (chosen: string[] | null) => void;
}) {
  const { label, counts = [], chosen = [], nameOf = v => v, onChange } = props;
  // What is chosen stays in the list, also when nothing has that value any more.
  const absent = chosen.filter(
    value => !counts.some(count => count.value === value),
  );
  const options = [
    ...counts.map(({ value, count }) => ({
      value,
      label: `${nameOf(value)} (${count})`,
    })),
    ...absent.map(value => ({ value, label: `${nameOf(value)} (0)` })),
  ];
  return (
    <Select
      label={label}
      size="small"
      placeholder="all"
      selectionMode="multiple"
      searchable
      options={options}
      value={chosen}
      onChange={keys =>
        onChange(keys.length > 0 ? keys.map(key => String(key)) : null)
      }
      data-kind={`filter-${label.toLowerCase().replace(' ', '-')}`}
    />
  );
}

/** Waits until the typing pauses, so that not every letter is a question. */
function TextFilter(props: { text: string; onChange: (text: string) => void }) {
  const { text, onChange } = props;
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onChange(typed), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onChange]);
  return (
    <SearchField
      label="Text"
      size="small"
      placeholder="id, name, description, tag"
      value={typed}
      onChange={setTyped}
      data-kind="filter-text"
    />
  );
}
