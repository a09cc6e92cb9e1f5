import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMoreLine } from '@remixicon/react';
import { useState, type ReactNode } from 'react';
import styles from './dialog.module.css';

/** One thing that can be done, which a dialog asks about first. */
export interface Action {
  id: string;
  text: string;
  /** Why it cannot be done; null when it can. */
  refusal: string | null;
  dialog: (onClose: () => void) => ReactNode;
}

/** What else can be done to a thing, behind three dots. */
export function ActionMenu(props: {
  /** Stable name of the button. */
  kind: string;
  /** What it is that things are done to, for those who cannot see where the dots are. */
  of: string;
  actions: readonly Action[];
  size?: 'small' | 'medium';
}) {
  const { kind, of, actions, size = 'medium' } = props;
  const [openId, setOpenId] = useState<string>();
  const open = actions.find(({ id }) => id === openId);
  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          variant="secondary"
          size={size}
          icon={<RiMoreLine />}
          aria-label={`More for ${of}`}
          data-kind={kind}
        />
        <Menu onAction={key => setOpenId(String(key))}>
          {actions.map(({ id, text, refusal }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={text}
              className={styles.item}
              isDisabled={refusal !== null}
            >
              <span>
                {text}
                {refusal && <small>{refusal}</small>}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
      {open?.dialog(() => setOpenId(undefined))}
    </>
  );
}
