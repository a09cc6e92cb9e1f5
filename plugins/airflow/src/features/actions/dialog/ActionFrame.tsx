import { DialogHeader } from '@backstage/ui';
import type { ReactNode } from 'react';
import { Dialog } from '../../../ui/layout';
import type { ActionName } from './reasons';

/** What every dialog that asks before something is done stands in. */
export function ActionFrame(props: {
  action: ActionName;
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { action, title, onClose, children } = props;
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width={640}
      data-kind={`${action}-dialog`}
    >
      <DialogHeader>{title}</DialogHeader>
      {children}
    </Dialog>
  );
}
