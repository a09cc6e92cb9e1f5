import { Button, DialogBody, DialogHeader } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Dialog } from '../../ui/layout';
import { useShortcuts } from '../../ui/shortcuts';
import { PaletteSearch } from './PaletteSearch';

/** Leads to every DAG, cluster, alert and page by its name; opened by its button or `Ctrl+K`. */
export function Palette() {
  const [isOpen, setIsOpen] = useState(false);
  const navigate = useNavigate();
  // For the list of shortcuts; the key itself is heard below, also where a field has the focus.
  useShortcuts([
    { key: 'Ctrl+K', words: 'Go to …', act: () => setIsOpen(true) },
  ]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setIsOpen(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Button
        variant="tertiary"
        size="small"
        aria-keyshortcuts="Control+K"
        onPress={() => setIsOpen(true)}
        data-kind="palette-button"
      >
        Go to …
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen}>
        <DialogHeader>Go to</DialogHeader>
        <DialogBody>
          <PaletteSearch
            onGo={to => {
              setIsOpen(false);
              navigate(to);
            }}
          />
        </DialogBody>
      </Dialog>
    </>
  );
}
