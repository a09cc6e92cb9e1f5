import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of permissions that concern one cluster.
 *
 * @public
 */
export const AIRFLOW_CLUSTER_RESOURCE = 'airflow-cluster';

/**
 * Resource type of permissions that concern one DAG; its runs, tasks and logs go with it.
 *
 * @public
 */
export const AIRFLOW_DAG_RESOURCE = 'airflow-dag';

/**
 * Opens the Airflow pages at all. Basic, because the frontend can gate pages on basic permissions only.
 *
 * @public
 */
export const airflowViewPermission = createPermission({
  name: 'airflow.view',
  attributes: { action: 'read' },
});

/**
 * Reads a cluster: its health, version and import errors.
 *
 * @public
 */
export const airflowClusterReadPermission = createPermission({
  name: 'airflow.cluster.read',
  attributes: { action: 'read' },
  resourceType: AIRFLOW_CLUSTER_RESOURCE,
});

/**
 * Tests the connection to a cluster and has it read again now.
 *
 * @public
 */
export const airflowClusterRefreshPermission = createPermission({
  name: 'airflow.cluster.refresh',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_CLUSTER_RESOURCE,
});

/**
 * Reads an Airflow's own event log: who did what in it.
 *
 * @public
 */
export const airflowActivityReadPermission = createPermission({
  name: 'airflow.cluster.activity.read',
  attributes: { action: 'read' },
  resourceType: AIRFLOW_CLUSTER_RESOURCE,
});

/**
 * Reads a DAG with its runs and task instances.
 *
 * @public
 */
export const airflowDagReadPermission = createPermission({
  name: 'airflow.dag.read',
  attributes: { action: 'read' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Reads the code of a DAG. Apart from reading, because code may tell more than its runs do.
 *
 * @public
 */
export const airflowDagCodeReadPermission = createPermission({
  name: 'airflow.dag.code.read',
  attributes: { action: 'read' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Reads task logs of a DAG. Apart from reading, because logs may hold data.
 *
 * @public
 */
export const airflowLogReadPermission = createPermission({
  name: 'airflow.dag.log.read',
  attributes: { action: 'read' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Reads what the tasks of a DAG were given and what they left: rendered templates and XComs. Apart from reading,
 * because both may hold data.
 *
 * @public
 */
export const airflowXComReadPermission = createPermission({
  name: 'airflow.xcom.read',
  attributes: { action: 'read' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Triggers a DAG.
 *
 * @public
 */
export const airflowDagTriggerPermission = createPermission({
  name: 'airflow.dag.trigger',
  attributes: { action: 'create' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Pauses and unpauses a DAG.
 *
 * @public
 */
export const airflowDagPausePermission = createPermission({
  name: 'airflow.dag.pause',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * The resource type of permissions about one alert.
 *
 * @public
 */
export const AIRFLOW_ALERT_RESOURCE = 'airflow-alert';

/**
 * Reads an alert with its timeline and the excerpt of the log that explains it.
 *
 * @public
 */
export const airflowAlertReadPermission = createPermission({
  name: 'airflow.alert.read',
  attributes: { action: 'read' },
  resourceType: AIRFLOW_ALERT_RESOURCE,
});

/**
 * Acknowledges an alert.
 *
 * @public
 */
export const airflowAlertAcknowledgePermission = createPermission({
  name: 'airflow.alert.acknowledge',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_ALERT_RESOURCE,
});

/**
 * Resolves an alert by hand.
 *
 * @public
 */
export const airflowAlertResolvePermission = createPermission({
  name: 'airflow.alert.resolve',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_ALERT_RESOURCE,
});

/**
 * Sees every delivery and sends dead ones again. Basic, because a delivery tells of alerts of everybody.
 *
 * @public
 */
export const airflowAlertManagePermission = createPermission({
  name: 'airflow.alert.manage',
  attributes: { action: 'update' },
});

/**
 * Clears runs and task instances of a DAG, so that Airflow runs them again.
 *
 * @public
 */
export const airflowRunClearPermission = createPermission({
  name: 'airflow.run.clear',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Sets who owns a DAG, against what its catalog entity, tags and Airflow owner say.
 *
 * @public
 */
export const airflowDagSetOwnerPermission = createPermission({
  name: 'airflow.dag.set-owner',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Marks runs and task instances of a DAG as successful or failed.
 *
 * @public
 */
export const airflowRunMarkPermission = createPermission({
  name: 'airflow.run.mark',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Deletes runs of a DAG in Airflow.
 *
 * @public
 */
export const airflowRunDeletePermission = createPermission({
  name: 'airflow.run.delete',
  attributes: { action: 'delete' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Writes notes on runs and task instances of a DAG.
 *
 * @public
 */
export const airflowNoteWritePermission = createPermission({
  name: 'airflow.run.note',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Deletes all that Airflow knows of a DAG.
 *
 * @public
 */
export const airflowDagDeletePermission = createPermission({
  name: 'airflow.dag.delete',
  attributes: { action: 'delete' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Has Airflow parse the file of a DAG again.
 *
 * @public
 */
export const airflowDagReparsePermission = createPermission({
  name: 'airflow.dag.reparse',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Starts, pauses and cancels backfills of a DAG.
 *
 * @public
 */
export const airflowDagBackfillPermission = createPermission({
  name: 'airflow.dag.backfill',
  attributes: { action: 'create' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Answers what a task of a DAG asks of a person.
 *
 * @public
 */
export const airflowTaskAnswerPermission = createPermission({
  name: 'airflow.task.answer',
  attributes: { action: 'update' },
  resourceType: AIRFLOW_DAG_RESOURCE,
});

/**
 * Every permission of the suite, for policies and the permission registry.
 *
 * @public
 */
export const airflowPermissions = [
  airflowViewPermission,
  airflowClusterReadPermission,
  airflowClusterRefreshPermission,
  airflowActivityReadPermission,
  airflowDagReadPermission,
  airflowDagCodeReadPermission,
  airflowLogReadPermission,
  airflowXComReadPermission,
  airflowDagTriggerPermission,
  airflowDagPausePermission,
  airflowDagSetOwnerPermission,
  airflowRunClearPermission,
  airflowRunMarkPermission,
  airflowRunDeletePermission,
  airflowNoteWritePermission,
  airflowDagDeletePermission,
  airflowDagReparsePermission,
  airflowDagBackfillPermission,
  airflowTaskAnswerPermission,
  airflowAlertReadPermission,
  airflowAlertAcknowledgePermission,
  airflowAlertResolvePermission,
  airflowAlertManagePermission,
];
