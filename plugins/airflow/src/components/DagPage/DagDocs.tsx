import { MarkdownContent } from '@backstage/core-components';
import { useDagDetails, type DagName } from '../../hooks/useDag';
import { paramType } from '../actions/trigger/conf';
import { Empty, ErrorPanel, Loading } from '../feedback';
import { Facts, Table } from '../layout';
import { durationText, Moment } from '../time';

/** What only Airflow itself knows of a DAG: its docs, params and limits. */
export function DagDocs({ dag }: { dag: DagName }) {
  const { data, error, isPending, refetch } = useDagDetails(dag);
  if (isPending) return <Loading what="the docs" rows={3} />;
  if (!data) {
    return (
      <ErrorPanel
        title="The details could not be loaded"
        error={error}
        onRetry={() => refetch()}
      />
    );
  }
  return (
    <>
      {data.docMd ? (
        <div data-kind="dag-docs">
          <MarkdownContent content={data.docMd} dialect="gfm" />
        </div>
      ) : (
        <Empty>
          It has no docs. Its author can write some as doc_md of the DAG.
        </Empty>
      )}
      {data.params.length > 0 && (
        <Table
          label="Params"
          columns={[
            { title: 'Param' },
            { title: 'Type' },
            { title: 'Default' },
            { title: 'Description' },
          ]}
        >
          {data.params.map(param => (
            <tr key={param.name}>
              <td data-label="Param" data-main>
                <code>{param.name}</code>
              </td>
              <td data-label="Type">{paramType(param)}</td>
              <td data-label="Default">
                <code>{JSON.stringify(param.value)}</code>
              </td>
              <td data-label="Description">{param.description}</td>
            </tr>
          ))}
        </Table>
      )}
      <Facts
        facts={[
          ['Starts', data.startDate && <Moment at={data.startDate} />],
          ['Ends', data.endDate && <Moment at={data.endDate} />],
          ['Catches up', data.catchup === null ? null : yesNo(data.catchup)],
          ['Tasks at once', data.maxActiveTasks],
          [
            'Run may take',
            data.runTimeoutSeconds === null
              ? null
              : durationText(data.runTimeoutSeconds * 1_000),
          ],
        ]}
      />
    </>
  );
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
