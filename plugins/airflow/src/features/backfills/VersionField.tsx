import { Radio, RadioGroup } from '@backstage/ui';

const choices = [
  {
    id: 'set',
    text: 'the default set in Airflow',
    onLatestVersion: undefined,
  },
  { id: 'newest', text: 'the newest', onLatestVersion: true },
  { id: 'own', text: 'the one it ran with', onLatestVersion: false },
];

/** With which version of the DAG a run is repeated; a new run always has the newest. */
export function VersionField(props: {
  onLatestVersion: boolean | undefined;
  onChange: (onLatestVersion: boolean | undefined) => void;
}) {
  const { onLatestVersion, onChange } = props;
  const chosen = choices.find(
    choice => choice.onLatestVersion === onLatestVersion,
  );
  return (
    <RadioGroup
      label="DAG version of repeated runs"
      value={chosen?.id}
      onChange={id =>
        onChange(choices.find(choice => choice.id === id)?.onLatestVersion)
      }
      data-kind="backfill-version"
    >
      {choices.map(({ id, text }) => (
        <Radio key={id} value={id}>
          {text}
        </Radio>
      ))}
    </RadioGroup>
  );
}
