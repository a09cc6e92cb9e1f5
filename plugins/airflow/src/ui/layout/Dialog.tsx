import { Dialog as Frame, type DialogProps } from '@backstage/ui';
import styles from './layout.module.css';

/** A dialog with the colours of the plugin's own pages, for it is drawn outside of every page. */
export function Dialog(props: DialogProps) {
  return <Frame isDismissable {...props} className={styles.surface} />;
}
