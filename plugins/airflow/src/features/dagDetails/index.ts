export { DetailsPanel } from './DetailsPanel';
export { DocsPanel } from './DocsPanel';
