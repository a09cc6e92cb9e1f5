import { askersOf } from './askers';
import { describeActions } from './describeActions';
import { describeBackfills } from './describeBackfills';
import { describeClearing } from './describeClearing';
import { describeClient } from './describeClient';
import { describeDags } from './describeDags';
import { describeDeployment } from './describeDeployment';
import { describeLogs } from './describeLogs';
import { describeRuns } from './describeRuns';
import { describeSources } from './describeSources';
import { describeStructure } from './describeStructure';
import { describeTaskDetails } from './describeTaskDetails';
import { describeTasks } from './describeTasks';
import type { ContractTarget } from './targets';

/** What every Airflow does through the client, simulated or real, whichever its version. */
// The one file of tests that others run against targets of their own.
// eslint-disable-next-line jest/no-export
export function describeContract(open: () => ContractTarget): void {
  const on = askersOf(open);
  describeClient(on);
  describeDags(on);
  describeRuns(on);
  describeTasks(on);
  describeLogs(on);
  describeClearing(on);
  describeDeployment(on);
  describeSources(on);
  describeActions(on);
  describeBackfills(on);
  describeStructure(on);
  describeTaskDetails(on);
}
