import { describeActions } from './describeActions';
import { describeBackfills } from './describeBackfills';
import { describeClearing } from './describeClearing';
import { describeDeployment } from './describeDeployment';
import { describeReading } from './describeReading';
import { describeSources } from './describeSources';
import { describeStructure } from './describeStructure';
import { describeTaskDetails } from './describeTaskDetails';
import type { ContractTarget } from './targets';

/** What every Airflow does through the client, simulated or real, whichever its version. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeContract(open: () => ContractTarget): void {
  describeReading(open);
  describeClearing(open);
  describeDeployment(open);
  describeSources(open);
  describeActions(open);
  describeBackfills(open);
  describeStructure(open);
  describeTaskDetails(open);
}
