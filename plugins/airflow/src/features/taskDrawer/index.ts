export { Drawer, TaskDrawer } from './TaskDrawer';
