import { useDagDetails, type DagName } from '../../data/useDag';
import { Empty, Loaded } from '../../ui/feedback';
import { AirflowMarkdown } from '../../ui/markdown';

/** What the author wrote about a DAG. Markdown as GitHub has it, of which no script is let through. */
export function DocsPanel({ name }: { name: DagName }) {
  const details = useDagDetails(name);
  return (
    <Loaded what="docs" query={details}>
      {({ docMd }) =>
        docMd ? (
          <div data-kind="dag-docs">
            <AirflowMarkdown content={docMd} />
          </div>
        ) : (
          <Empty>
            No docs. Its author can write them as doc_md of the DAG.
          </Empty>
        )
      }
    </Loaded>
  );
}
