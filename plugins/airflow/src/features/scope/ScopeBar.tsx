import {
  ownerScopes,
  type OwnerScope,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';

const words: Record<OwnerScope, string> = {
  mine: 'Mine',
  teams: 'My teams',
  all: 'All',
};

/** Chooses whose rows are shown: the reader's own, those of the reader's groups too, or everybody's. */
export function ScopeBar(props: {
  scope: OwnerScope;
  onChange: (scope: OwnerScope) => void;
}) {
  const { scope, onChange } = props;
  return (
    <ToggleButtonGroup
      aria-label="Whose"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[scope]}
      onSelectionChange={keys => {
        const chosen = ownerScopes.find(candidate => keys.has(candidate));
        if (chosen) onChange(chosen);
      }}
      data-kind="scope-bar"
    >
      {ownerScopes.map(value => (
        <ToggleButton key={value} id={value} size="small">
          {words[value]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
