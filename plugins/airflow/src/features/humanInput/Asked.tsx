import type { HumanInput } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import type { TaskName } from '../../data/useRuns';
import { Section } from '../../ui/layout';
import { AirflowMarkdown } from '../../ui/markdown';
import { Moment } from '../../ui/time';
import { AnswerForm } from './AnswerForm';

/** What a task asks, with its answer or a form for one. */
export default function Asked(props: { name: TaskName; asked: HumanInput }) {
  const { name, asked } = props;
  return (
    <Section title={asked.subject} kind="human-input">
      {asked.body && <AirflowMarkdown content={asked.body} />}
      <Text as="p" variant="body-small" color="secondary">
        Asked <Moment at={asked.askedAt} />
        {asked.assignedTo.length > 0 &&
          `, to be answered by ${asked.assignedTo.join(', ')}`}
      </Text>
      {asked.answer ? (
        <Answered answer={asked.answer} />
      ) : (
        <AnswerForm name={name} asked={asked} />
      )}
    </Section>
  );
}

function Answered(props: { answer: NonNullable<HumanInput['answer']> }) {
  const { by, at, options } = props.answer;
  return (
    <Text as="p" data-kind="human-answer">
      <strong>{options.join(', ')}</strong>
      {by ? `, by ${by}` : ', as nobody answered in time'}
      {at && (
        <>
          {' '}
          <Moment at={at} />
        </>
      )}
    </Text>
  );
}
