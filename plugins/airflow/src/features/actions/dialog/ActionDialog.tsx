import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import { ActionForm, type ActionQuestion } from './ActionForm';
import { ActionFrame } from './ActionFrame';

/** The dialog that asks before something is done. */
export function ActionDialog(props: ActionQuestion & { title: string }) {
  const { title, ...question } = props;
  const { action, onClose } = question;
  return (
    <ActionFrame action={action} title={title} onClose={onClose}>
      <ActionForm {...question} />
    </ActionFrame>
  );
}

/** A sentence of a dialog. */
export function Says(props: { children: ReactNode }) {
  return <Text as="p">{props.children}</Text>;
}
