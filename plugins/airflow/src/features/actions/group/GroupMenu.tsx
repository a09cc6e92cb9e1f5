import {
  airflowRunClearPermission,
  airflowRunMarkPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useRefusal } from '../../../data/useMay';
import type { RunName } from '../../../data/useRuns';
import { ClearDialog } from '../clear/ClearDialog';
import { ActionMenu } from '../dialog';
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
            <ClearDialog
              name={run}
              of={group.groupId}
              scopes={groupClears(group)}
              onClose={onClose}
            />
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
