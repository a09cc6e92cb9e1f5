import { AirflowSidebarItem } from '@airflow-fleet/backstage-plugin-airflow';
import {
  Sidebar as SidebarFrame,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentComponentProps } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { Logo } from './Logo';
import { PersonChoice } from './PersonChoice';

/** Airflow first: it is what people open this portal for. */
export function Sidebar({ navItems }: NavContentComponentProps) {
  const nav = navItems.withComponent(item => (
    <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
  ));
  // The search page is reached through the search field instead.
  nav.take('page:search');
  const airflow = nav.take('page:airflow') && <AirflowSidebarItem />;
  const catalog = nav.take('page:catalog');
  // The bell with the number of what is unread.
  const notifications = nav.take('page:notifications') && (
    <NotificationsSidebarItem />
  );
  const settings = nav.take('page:user-settings');

  return (
    <SidebarFrame>
      <Logo />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {airflow}
        {catalog}
        {notifications}
      </SidebarGroup>
      <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarScrollWrapper>
        {nav.rest({ sortBy: 'title' })}
      </SidebarScrollWrapper>
      <SidebarSpace />
      <PersonChoice />
      <SidebarDivider />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {settings}
      </SidebarGroup>
    </SidebarFrame>
  );
}
