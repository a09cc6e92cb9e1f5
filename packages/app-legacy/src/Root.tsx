import { AirflowSidebarItem } from '@airflow-fleet/backstage-plugin-airflow/legacy';
import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarPage,
  SidebarSpace,
} from '@backstage/core-components';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import {
  Settings as SidebarSettings,
  UserSettingsSignInAvatar,
} from '@backstage/plugin-user-settings';
import HomeIcon from '@material-ui/icons/Home';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { Logo, PersonChoice } from 'app/demo';
import type { ReactNode } from 'react';
import { searchItems } from './SearchPage';

export function Root(props: { children: ReactNode }) {
  return (
    <SidebarPage>
      <Sidebar>
        <Logo />
        <SidebarGroup label="Menu" icon={<MenuIcon />}>
          <AirflowSidebarItem />
          <SidebarItem icon={HomeIcon} to="/catalog" text="Catalog" />
          <NotificationsSidebarItem />
        </SidebarGroup>
        <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
          <SidebarSearchModal resultItemComponents={searchItems} />
        </SidebarGroup>
        <SidebarSpace />
        <PersonChoice />
        <SidebarDivider />
        <SidebarGroup
          label="Settings"
          icon={<UserSettingsSignInAvatar />}
          to="/settings"
        >
          <SidebarSettings />
        </SidebarGroup>
      </Sidebar>
      {props.children}
    </SidebarPage>
  );
}
