import {
  airflowTaskAnswerPermission,
  type HumanInput,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  Flex,
  Radio,
  RadioGroup,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { useAction } from '../../data/useAction';
import { useMay } from '../../data/useMay';
import type { TaskName } from '../../data/useRuns';
import { ErrorPanel, useNotify } from '../../ui/feedback';
import { ParamFields, useParamValues } from '../params';

/** Asks for what a task waits for; an answer cannot be taken back. */
export function AnswerForm(props: { name: TaskName; asked: HumanInput }) {
  const { name, asked } = props;
  const { mapIndex, cluster, dagId, runId, taskId } = name;
  const may = useMay(airflowTaskAnswerPermission, name);
  const [options, setOptions] = useState<string[]>(asked.defaults);
  const values = useParamValues(asked.params);
  const answer = useAction(airflowEndpoints.answerHumanInput);
  const notify = useNotify();
  const submit = async () => {
    await answer.mutateAsync({
      params: { cluster, dagId, runId, taskId },
      query: {},
      body: { mapIndex, options, params: values.all },
    });
    notify({
      title: `Answered ${asked.subject}`,
      description: options.join(', '),
      status: 'success',
    });
  };
  return (
    <Flex direction="column" gap="3" data-kind="answer-form">
      {asked.multiple ? (
        <CheckboxGroup label="Answer" value={options} onChange={setOptions}>
          {asked.options.map(option => (
            <Checkbox key={option} value={option}>
              {option}
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : (
        <RadioGroup
          label="Answer"
          value={options.at(0) ?? null}
          onChange={option => setOptions([option])}
        >
          {asked.options.map(option => (
            <Radio key={option} value={option}>
              {option}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <ParamFields values={values} />
      {answer.error && <ErrorPanel title="Not answered" error={answer.error} />}
      <Flex align="center" gap="3">
        <Button
          variant="primary"
          isDisabled={!may || options.length === 0 || !values.isValid}
          isPending={answer.isPending}
          onPress={() => submit().catch(() => undefined)}
          data-kind="answer-submit"
        >
          Answer
        </Button>
        <Text variant="body-small" color="secondary">
          {may
            ? 'An answer cannot be taken back.'
            : 'You are not allowed to answer here, or the cluster is read-only.'}
        </Text>
      </Flex>
    </Flex>
  );
}
