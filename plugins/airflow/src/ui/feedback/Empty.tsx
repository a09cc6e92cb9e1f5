import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';

/** Why there is nothing here, and what to do next. */
export function Empty(props: { children: ReactNode }) {
  return (
    <Text as="p" variant="body-medium" color="secondary" data-kind="empty">
      {props.children}
    </Text>
  );
}
