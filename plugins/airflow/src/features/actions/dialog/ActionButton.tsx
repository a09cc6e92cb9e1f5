import { Button, DialogTrigger, type ButtonProps } from '@backstage/ui';
import { useState, type ReactNode } from 'react';

/** A button for something that a dialog asks about first. */
export function ActionButton(props: {
  /** Stable name of the button. */
  kind: string;
  text: string;
  variant?: ButtonProps['variant'];
  size?: 'small' | 'medium';
  /** Why it cannot be done; null when it can. */
  refusal: string | null;
  dialog: (onClose: () => void) => ReactNode;
}) {
  const { kind, text, variant = 'secondary', size, refusal, dialog } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <span title={refusal ?? undefined}>
        <Button
          variant={variant}
          size={size}
          isDisabled={refusal !== null}
          data-kind={kind}
        >
          {text}
        </Button>
      </span>
      {isOpen && dialog(() => setIsOpen(false))}
    </DialogTrigger>
  );
}
