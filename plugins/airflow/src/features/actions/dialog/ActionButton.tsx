import { Button, DialogTrigger, type ButtonProps } from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import { useShortcuts } from '../../../ui/shortcuts';

/** A button for something that a dialog asks about first. */
export function ActionButton(props: {
  /** Stable name of the button. */
  kind: string;
  text: string;
  variant?: ButtonProps['variant'];
  size?: 'small' | 'medium';
  /** Why it cannot be done; null when it can. */
  refusal: string | null;
  /** The key that opens it. */
  shortcut?: string;
  dialog: (onClose: () => void) => ReactNode;
}) {
  const { kind, text, variant = 'secondary', size, refusal } = props;
  const { shortcut, dialog } = props;
  const [isOpen, setIsOpen] = useState(false);
  useShortcuts(
    shortcut !== undefined && refusal === null
      ? [{ key: shortcut, words: text, act: () => setIsOpen(true) }]
      : [],
  );
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <span title={refusal ?? undefined}>
        <Button
          variant={variant}
          size={size}
          isDisabled={refusal !== null}
          aria-keyshortcuts={shortcut}
          data-kind={kind}
        >
          {text}
        </Button>
      </span>
      {isOpen && dialog(() => setIsOpen(false))}
    </DialogTrigger>
  );
}
