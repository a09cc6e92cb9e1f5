import { lazy, Suspense } from 'react';
import { useHumanInputs } from '../../data/useHumanInputs';
import type { TaskName } from '../../data/useRuns';
import { Loading } from '../../ui/feedback';

// Few tasks ask anybody, and what they ask is Markdown with a form.
const Asked = lazy(() => import('./Asked'));

/** What a task asks of a person, and a form to answer it; nothing for a task that asks nobody. */
export function HumanInputPanel({ name }: { name: TaskName }) {
  const { data } = useHumanInputs(name);
  const asked = data?.items.find(
    ({ taskId, mapIndex }) =>
      taskId === name.taskId && mapIndex === name.mapIndex,
  );
  if (!asked) return null;
  return (
    <Suspense fallback={<Loading what="what it asks" rows={3} />}>
      <Asked name={name} asked={asked} />
    </Suspense>
  );
}
