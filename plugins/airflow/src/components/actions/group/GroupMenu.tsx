import {
  airflowRunClearPermission,
  airflowRunMarkPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useRefusal } from '../../../hooks/useMay';
import type { RunName } from '../../../hooks/useRuns';
import { useTell } from '../../../hooks/useTell';
import { Dialog } from '../../layout';
import { ClearForm } from '../clear/ClearForm';
import { countText } from '../clear/touchedGroups';
import { ActionMenu } from '../deed';
import { markActions } from '../mark/markActions';
import { groupClears, groupMarks, type TaskGroup } from './groupScopes';

/** What can be done to a task group in a run: to each of its tasks. */
export function GroupMenu(props: { run: RunName; group: TaskGroup }) {
  const { run, group } = props;
  const notClear = useRefusal(airflowRunClearPermission, run);
  const notMark = useRefusal(airflowRunMarkPermission, run);
  return (
    <ActionMenu
      kind="group-menu"
      of={group.groupId}
      actions={[
        {
          id: 'clear',
          text: 'Clear…',
          refusal: notClear,
          dialog: onClose => (
            <ClearGroupDialog run={run} group={group} onClose={onClose} />
          ),
        },
        ...markActions({
          run,
          what: group.groupId,
          scopes: groupMarks(group),
          refusal: notMark,
        }),
      ]}
    />
  );
}

function ClearGroupDialog(props: {
  run: RunName;
  group: TaskGroup;
  onClose: () => void;
}) {
  const { run, group, onClose } = props;
  const tell = useTell();
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width={640}
      data-kind="clear-dialog"
    >
      <ClearForm
        name={run}
        choices={groupClears(group)}
        onCleared={count => {
          tell({
            title: `Cleared ${countText(count)} of ${group.groupId}`,
            description: run.dagId,
            status: 'success',
          });
          onClose();
        }}
      />
    </Dialog>
  );
}
