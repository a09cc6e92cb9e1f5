export { AirflowSidebarItem } from './AirflowSidebarItem';
