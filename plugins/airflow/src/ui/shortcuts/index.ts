export { ShortcutProvider } from './ShortcutProvider';
export { useShortcuts } from './useShortcuts';
