import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import airflowPlugin, { airflowApiRef } from '..';
import { fakeApi, type Answers } from '../__testUtils__/fakeApi';
import { fullAnswers, waitingTask } from '../__testUtils__/fullAnswers';
import { giveSize } from '../__testUtils__/grid';
import { portal } from '../__testUtils__/portal';

/** How a page is opened; answers with what was asked so far. */
type Open = () => Answered | Promise<Answered>;
type Answered = () => ReadonlySet<string>;

const cluster = '/airflow/clusters/prod-eu';
const dag = `${cluster}/dags/load_orders`;
const run = `${dag}/runs/nightly`;
const task = `${run}/tasks/extract`;

function at(path: string, answers: Answers = {}): Open {
  return () => portal(path, { ...fullAnswers, ...answers }).askedFor;
}

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'order-service',
    annotations: { 'airflow.apache.org/dag-id': 'load_orders' },
  },
};

function ofEntity(path: string): Open {
  return () => {
    const { api, askedFor } = fakeApi(fullAnswers);
    renderTestApp({
      extensions: [createTestEntityPage({ entity })],
      features: [airflowPlugin],
      initialRouteEntries: [path],
      apis: [[airflowApiRef, api]],
    });
    return askedFor;
  };
}

/** The page first, and then what opens it further. */
function after(open: Open, press: RegExp): Open {
  return async () => {
    const asked = await open();
    const [meant] = await screen.findAllByText(press);
    await userEvent.click(meant);
    return asked;
  };
}

/** Every page, tab and drawer, by the names of docs/airflow-requests.md. */
const pages: Record<string, Open> = {
  Overview: at('/airflow'),
  DAGs: at('/airflow/dags'),
  Alerts: at('/airflow/alerts'),
  'One alert': at('/airflow/alerts/a1'),
  'Alert rules': at('/airflow/alerts/rules'),
  Deliveries: at('/airflow/alerts/deliveries'),
  Clusters: at('/airflow/clusters'),
  Entity: ofEntity('/'),
  Cluster: at(cluster),
  'Cluster, DAGs': at(`${cluster}?tab=dags`),
  'Cluster, import errors': at(`${cluster}?tab=import-errors`),
  'Cluster, pools': at(`${cluster}?tab=pools`),
  'Cluster, packages': at(`${cluster}?tab=packages`),
  'Cluster, activity': at(`${cluster}?tab=activity`),
  DAG: at(dag),
  'DAG, grid': at(`${dag}?tab=grid`),
  'DAG, runs': at(`${dag}?tab=runs`),
  'DAG, graph': at(`${dag}?tab=graph`),
  'DAG, Gantt': at(`${dag}?tab=gantt`),
  'DAG, calendar': at(`${dag}?tab=calendar`),
  'DAG, statistics': at(`${dag}?tab=statistics`),
  'DAG, code': at(`${dag}?tab=code`),
  'DAG, assets': at(`${dag}?tab=assets`),
  'DAG, events of an asset': after(
    at(`${dag}?tab=assets`),
    /^When it was written/,
  ),
  'DAG, docs': at(`${dag}?tab=docs`),
  'DAG, details': at(`${dag}?tab=details`),
  'DAG, backfills': at(`${dag}?tab=backfills`),
  'DAG, form to trigger': after(at(`${dag}?tab=runs`), /^Trigger/),
  Run: at(run),
  'Run, grid': at(`${run}?tab=grid`),
  'Run, graph': at(`${run}?tab=graph`),
  'Run, Gantt': at(`${run}?tab=gantt`),
  'Run, Gantt with earlier tries': at(`${run}?tab=gantt&tries=all`),
  'Run, configuration': at(`${run}?tab=conf`),
  'Run, form to clear': after(at(`${run}?tab=conf`), /^Clear…/),
  'Run, grid with a task open': at(`${run}?tab=grid&run=nightly&task=extract`),
  Task: at(task),
  'Task that waits': at(task, waitingTask),
  'Task, all instances': at(`${task}?map=3&tab=mapped`),
  'Task, XCom': at(`${task}?tab=xcom`),
  'Task, rendered': at(`${task}?tab=rendered`),
  'Task, details': at(`${task}?tab=details`),
};

/** What docs/airflow-requests.md says that each page asks the portal for. */
function documented(): Map<string, Set<string>> {
  const file = resolve(__dirname, '../../../../docs/airflow-requests.md');
  const [, table] = readFileSync(file, 'utf8').split('## What each page asks');
  const rows = table.split('\n## ')[0].matchAll(/^\| (\S.*?) +\| (`.*?) +\|/gm);
  return new Map(
    Array.from(rows, ([, page, asks]) => [
      page,
      new Set(Array.from(asks.matchAll(/`(\w+)`/g), ([, name]) => name)),
    ]),
  );
}

describe('docs/airflow-requests.md', () => {
  beforeEach(() => giveSize(1_000, 600));
  afterEach(() => jest.restoreAllMocks());

  it('lists every page', () => {
    expect([...documented().keys()]).toEqual(Object.keys(pages));
  });

  it.each(Object.entries(pages))(
    'tells what is asked by %s',
    async (page, open) => {
      const asked = await open();
      await waitFor(() => {
        expect(document.querySelector('[data-kind="loading"]')).toBeNull();
        expect([...asked()].sort()).toEqual(
          [...(documented().get(page) ?? [])].sort(),
        );
      });
      // What the last answers let it ask for would be asked by now.
      await act(async () => undefined);
      expect(asked()).toEqual(documented().get(page));
    },
  );
});
