import {
  compactJson,
  type DagDetails,
  type DagParam,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  useDagDetails,
  type DagName,
  type DagWithRuns,
} from '../../data/useDag';
import { Empty, Loaded } from '../../ui/feedback';
import { Facts, Section, Table } from '../../ui/layout';
import { durationText, Moment } from '../../ui/time';
import { paramType } from '../actions/conf';
import { DoneHere } from '../portalActions';

/** All that is known of a DAG: limits, parsing, params. */
export function DetailsPanel(props: { name: DagName; dag: DagWithRuns }) {
  const { name, dag } = props;
  const details = useDagDetails(name);
  return (
    <Loaded what="details" query={details}>
      {data => (
        <>
          <Section title="How it runs" kind="dag-limits">
            <Limits dag={dag} details={data} />
          </Section>
          <Section title="Where it comes from" kind="dag-origin">
            <Origin dag={dag} details={data} />
          </Section>
          <DoneHere dag={name} actions={dag.actions} namesRuns />
          <Section title="Params" kind="dag-params">
            {data.params.length === 0 ? (
              <Empty>No params.</Empty>
            ) : (
              <Params params={data.params} />
            )}
          </Section>
        </>
      )}
    </Loaded>
  );
}

interface Known {
  dag: DagWithRuns;
  details: DagDetails;
}

function Limits({ dag, details }: Known) {
  const { startDate, endDate, catchup, runTimeoutSeconds } = details;
  const { pausesAfterFailures, rendersNative } = details;
  return (
    <Facts
      facts={[
        ['Starts', startDate && <Moment at={startDate} zone={dag.zone} />],
        ['Ends', endDate && <Moment at={endDate} zone={dag.zone} />],
        ['Catches up', yesNo(catchup)],
        ['Runs at once', dag.maxActiveRuns],
        ['Tasks at once', details.maxActiveTasks],
        [
          'A run may take',
          runTimeoutSeconds === null
            ? 'as long as it does'
            : durationText(runTimeoutSeconds * 1_000),
        ],
        [
          'Pauses itself',
          pausesAfterFailures === null
            ? 'never'
            : `after ${pausesAfterFailures} failed runs in a row`,
        ],
        ['Templates give Python values', yesNo(rendersNative)],
      ]}
    />
  );
}

function Origin({ dag, details }: Known) {
  const { version, bundle, bundleVersion, parseDurationMs } = details;
  return (
    <Facts
      facts={[
        ['DAG id', <code>{dag.dagId}</code>],
        ['File', dag.fileLocation && <code>{dag.fileLocation}</code>],
        ['Bundle', bundle],
        [
          'Version of the bundle',
          bundleVersion && <code>{bundleVersion}</code>,
        ],
        ['Version of the DAG', version],
        ['Parsed', dag.lastParsedAt && <Moment at={dag.lastParsedAt} />],
        [
          'Parsing took',
          parseDurationMs === null ? null : durationText(parseDurationMs),
        ],
        ['Airflow owners', dag.owners.join(', ') || null],
        ['Tags', dag.tags.join(', ') || null],
        ['Read by the portal', <Moment at={dag.readAt} />],
      ]}
    />
  );
}

function Params({ params }: { params: readonly DagParam[] }) {
  return (
    <Table
      label="Params"
      kind="param-row"
      rows={params}
      keyOf={({ name }) => name}
      columns={[
        {
          title: 'Param',
          isMain: true,
          cell: ({ name }) => <code>{name}</code>,
        },
        { title: 'Type', cell: paramType },
        {
          title: 'Default',
          cell: ({ value }) => <code>{compactJson(value)}</code>,
        },
        { title: 'Description', cell: ({ description }) => description },
      ]}
    />
  );
}

function yesNo(value: boolean | null): string | null {
  if (value === null) return null;
  return value ? 'yes' : 'no';
}
