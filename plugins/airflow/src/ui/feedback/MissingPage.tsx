import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { AirflowApiError } from '../../data/api';
import { usePageTitle } from '../title/usePageTitle';
import styles from './MissingPage.module.css';

/** Says exactly what is missing, and the way back. */
export function MissingPage(props: {
  error: AirflowApiError;
  back: { to: string; text: string };
  /** What is near. */
  children?: ReactNode;
}) {
  const { error, back, children } = props;
  usePageTitle(error.message);
  return (
    <div data-kind="missing-page" role="alert" className={styles.page}>
      <Text as="h1" variant="title-small">
        {error.message}
      </Text>
      <Text as="p" variant="body-medium" color="secondary">
        {error.problem.hint}
      </Text>
      {children}
      <Link to={back.to}>
        <span aria-hidden="true">← </span>
        {back.text}
      </Link>
    </div>
  );
}
