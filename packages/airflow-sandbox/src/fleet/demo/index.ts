import { FleetDefinition } from '../types';
import { prodEu } from './prodEu';
import { prodUs } from './prodUs';
import { stagingEu } from './stagingEu';

/**
 * A company's fleet: two production clusters, one for staging, and one that
 * cannot be reached. Its stories are told around `anchor`: what is "now
 * failing" began shortly before it.
 *
 * @public
 */
export function demoFleet(anchor: number = Date.now()): FleetDefinition {
  return {
    clusters: [
      prodEu(anchor),
      prodUs(anchor),
      stagingEu(anchor),
      {
        name: 'research',
        version: '3.2.1',
        reachable: false,
        dataIntervals: false,
        dagsFolder: '/opt/airflow/dags',
        dags: [],
        pools: [],
        importErrors: [],
        dagWarnings: [],
        outages: [],
      },
    ],
  };
}
