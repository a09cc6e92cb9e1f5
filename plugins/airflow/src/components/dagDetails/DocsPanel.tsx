import { MarkdownContent } from '@backstage/core-components';
import { useDagDetails, type DagName } from '../../hooks/useDag';
import { Empty, Loaded } from '../feedback';

/** What the author wrote about a DAG. Markdown as GitHub has it, of which no HTML is let through. */
export function DocsPanel({ name }: { name: DagName }) {
  const details = useDagDetails(name);
  return (
    <Loaded what="docs" query={details}>
      {({ docMd }) =>
        docMd ? (
          <div data-kind="dag-docs">
            <MarkdownContent content={docMd} dialect="gfm" />
          </div>
        ) : (
          <Empty>
            It has no docs. Its author can write some as doc_md of the DAG.
          </Empty>
        )
      }
    </Loaded>
  );
}
