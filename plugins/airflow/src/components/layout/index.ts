export { AirflowLayout } from './AirflowLayout';
export { AllClear } from './AllClear';
export { CoverageNotice, oldestReading } from './CoverageNotice';
export { Facts } from './Facts';
export { PageHead } from './PageHead';
export { Pager } from './Pager';
export { Section } from './Section';
export { Surface, surfaceClass } from './Surface';
export { Table, type Sorting } from './Table';
