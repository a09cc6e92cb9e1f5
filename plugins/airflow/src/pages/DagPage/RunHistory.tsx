import {
  dagRunStates,
  dagRunTypes,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  dagRunStateSchema,
  dagRunTypeSchema,
  repeated,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Flex, Select } from '@backstage/ui';
import { z } from 'zod';
import type { DagName } from '../../data/useDag';
import { useRuns } from '../../data/useRuns';
import { airflowWho, portalWho } from '../../features/portalActions';
import { useUrlQuery } from '../../ui/address/useUrlQuery';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { Pager } from '../../ui/layout';
import { stateWord } from '../../ui/state';
import styles from './DagPage.module.css';
import { RunTable } from './RunTable';

const LIMIT = 25;

const historyQuery = z.object({
  state: repeated(dagRunStateSchema).optional(),
  type: repeated(dagRunTypeSchema).optional(),
  cursor: z.string().optional(),
});

/** Every stored run of a DAG, newest first. */
export function RunHistory({ dag }: { dag: DagName }) {
  const [query, change] = useUrlQuery(historyQuery);
  const { cursor, ...filter } = query;
  const runs = useRuns(dag, { filter, limit: LIMIT, cursor });
  return (
    <>
      <Flex gap="3" className={styles.filters}>
        <Select
          label="State"
          size="small"
          selectionMode="multiple"
          placeholder="all"
          options={dagRunStates.map(state => ({
            value: state,
            label: stateWord(state),
          }))}
          value={filter.state ?? []}
          onChange={keys =>
            change({
              state: dagRunStates.filter(state => keys.includes(state)),
              cursor: null,
            })
          }
        />
        <Select
          label="Type"
          size="small"
          selectionMode="multiple"
          placeholder="all"
          options={dagRunTypes.map(type => ({
            value: type,
            label: type.replaceAll('_', ' '),
          }))}
          value={filter.type ?? []}
          onChange={keys =>
            change({
              type: dagRunTypes.filter(type => keys.includes(type)),
              cursor: null,
            })
          }
        />
      </Flex>
      {runs.isPending && <Loading what="runs" />}
      {runs.error && (
        <ErrorPanel
          title="The runs could not be loaded"
          error={runs.error}
          onRetry={() => runs.refetch()}
        />
      )}
      {runs.data && runs.data.items.length === 0 && (
        <Empty>No stored run matches.</Empty>
      )}
      {runs.data && runs.data.items.length > 0 && (
        <>
          <RunTable
            label="Stored runs"
            runs={runs.data.items}
            whoOf={run =>
              run.startedBy === undefined
                ? airflowWho(run)
                : portalWho(run.startedBy, run.triggeringUser)
            }
            isBusy={runs.isPlaceholderData}
          />
          <Pager
            shown={runs.data.items.length}
            total={runs.data.total}
            noun="runs"
            isFirst={cursor === undefined}
            nextCursor={runs.data.nextCursor}
            onFirst={() => change({ cursor: null })}
            onNext={next => change({ cursor: next })}
          />
        </>
      )}
    </>
  );
}
