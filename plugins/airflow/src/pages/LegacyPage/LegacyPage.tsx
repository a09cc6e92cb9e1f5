import { Content, PageWithHeader } from '@backstage/core-components';
import { AirflowRouter } from '../AirflowRouter';

/** The old frontend system draws no page header, so this one does. */
export function LegacyPage() {
  return (
    <PageWithHeader themeId="tool" title="Airflow">
      {/* Without it the pages stand in the narrow column for navigation. */}
      <Content noPadding>
        <AirflowRouter />
      </Content>
    </PageWithHeader>
  );
}
