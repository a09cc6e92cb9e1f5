import { Content, Page } from '@backstage/core-components';
import { AirflowRouter } from '../AirflowRouter';

/** The pages as the old frontend system frames them: it scrolls within a page of its own. */
export function LegacyPage() {
  return (
    <Page themeId="tool">
      {/* Without it the pages stand in the narrow column for navigation. */}
      <Content noPadding>
        <AirflowRouter />
      </Content>
    </Page>
  );
}
