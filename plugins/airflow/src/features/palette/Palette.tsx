import { ButtonIcon, DialogBody, DialogHeader } from '@backstage/ui';
import { RiSearchLine } from '@remixicon/react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Dialog } from '../../ui/layout';
import { useShortcuts } from '../../ui/shortcuts';
import { PaletteSearch } from './PaletteSearch';

/** Leads to every DAG, cluster, alert and page by its name; opened by its button or `Ctrl+K`. */
export function Palette() {
  const [isOpen, setIsOpen] = useState(false);
  const navigate = useNavigate();
  useShortcuts([
    { key: 'Ctrl+K', words: 'Go to …', act: () => setIsOpen(true) },
  ]);
  return (
    <>
      <ButtonIcon
        icon={<RiSearchLine />}
        variant="tertiary"
        size="small"
        aria-label="Go to …"
        aria-keyshortcuts="Control+K"
        onPress={() => setIsOpen(true)}
        data-kind="palette-button"
      />
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
