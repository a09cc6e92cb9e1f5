import { useRendered } from '../../data/useTask';
import { Empty, ErrorPanel, isMissing, Loading } from '../../ui/feedback';
import { Section } from '../../ui/layout';
import type { TaskTabProps } from './TaskTabProps';
import { ValueText } from './ValueText';

/** What the task was given, templates filled in. */
export function Rendered({ name }: TaskTabProps) {
  const rendered = useRendered(name);
  if (rendered.isPending) return <Loading what="rendered templates" />;
  if (!rendered.data) {
    return (
      <ErrorPanel
        title="The rendered templates could not be read"
        error={rendered.error}
        onRetry={
          isMissing(rendered.error) ? undefined : () => rendered.refetch()
        }
      />
    );
  }
  const { items } = rendered.data;
  if (items.length === 0) {
    return (
      <Empty>
        Airflow keeps no rendered template of this task: it has none, or it has
        not started yet.
      </Empty>
    );
  }
  return (
    <>
      {items.map(({ name: field, value }) => (
        <Section key={field} title={field} kind="rendered-field">
          <ValueText label={field} value={value} />
        </Section>
      ))}
    </>
  );
}
