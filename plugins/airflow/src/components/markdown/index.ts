export { AirflowMarkdown } from './AirflowMarkdown';
