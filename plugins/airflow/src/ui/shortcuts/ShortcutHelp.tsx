import { DialogBody, DialogHeader } from '@backstage/ui';
import { Dialog } from '../layout/Dialog';
import styles from './shortcuts.module.css';
import type { Shortcut } from './useShortcuts';

/** Which keys do what on this page. */
export function ShortcutHelp(props: {
  shortcuts: readonly Shortcut[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const { shortcuts, isOpen, onOpenChange } = props;
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange}>
      <DialogHeader>Keyboard shortcuts</DialogHeader>
      <DialogBody>
        <dl className={styles.keys} data-kind="shortcuts">
          {[...shortcuts, { key: '?', words: 'This list' }].map(
            ({ key, words }) => (
              <div key={`${key} ${words}`}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ),
          )}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
