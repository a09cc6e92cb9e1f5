import {
  alertRuleTypes,
  alertRuleWords,
  alertStatuses,
  severities,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useAlertFacets, type AlertFilter } from '../../data/useAlerts';
import {
  Choice,
  ClearFilters,
  FilterBar,
  knownOf,
  PlaceChoices,
  TextFilter,
} from '../../ui/filters';

/** What a change of the filters sets; null takes a filter away. */
export type FilterChange = { [K in keyof AlertFilter]?: AlertFilter[K] | null };

/** The filters of the alert list, each value with how many alerts it would show. */
export function AlertFilters(props: {
  filter: AlertFilter;
  onChange: (change: FilterChange) => void;
}) {
  const { filter, onChange } = props;
  const { data: facets } = useAlertFacets(filter);
  return (
    <FilterBar
      label="Filter alerts"
      made={narrowingsOf(filter)}
      text={
        <TextFilter
          placeholder="Search title, error, id"
          text={filter.text ?? ''}
          onChange={text => onChange({ text: text || null })}
        />
      }
      choices={
        <>
          <Choice
            label="Status"
            placeholder="Open"
            counts={facets?.status}
            chosen={filter.status}
            onChange={status =>
              onChange({ status: knownOf(alertStatuses, status) })
            }
          />
          <Choice
            label="Severity"
            counts={facets?.severity}
            chosen={filter.severity}
            onChange={severity =>
              onChange({ severity: knownOf(severities, severity) })
            }
          />
          <PlaceChoices counts={facets} chosen={filter} onChange={onChange} />
          <Choice
            label="Rule"
            counts={facets?.ruleType}
            chosen={filter.ruleType}
            nameOf={ruleWord}
            onChange={ruleType =>
              onChange({ ruleType: knownOf(alertRuleTypes, ruleType) })
            }
          />
          {isFiltered(filter) && (
            <ClearFilters
              onPress={() =>
                onChange({
                  status: null,
                  severity: null,
                  cluster: null,
                  environment: null,
                  ruleType: null,
                  dagId: null,
                  dagPattern: null,
                  tag: null,
                  owner: null,
                  text: null,
                })
              }
            />
          )}
        </>
      }
    />
  );
}

/** How many filters are set beside the text. */
function narrowingsOf({ scope, text, ...filter }: AlertFilter): number {
  return Object.values(filter).filter(value => value !== undefined).length;
}

/** Whether anything but the scope narrows the list. */
export function isFiltered({ scope, ...filter }: AlertFilter): boolean {
  return Object.values(filter).some(value => value !== undefined);
}

function ruleWord(value: string): string {
  const type = alertRuleTypes.find(candidate => candidate === value);
  return type ? alertRuleWords[type] : value;
}
