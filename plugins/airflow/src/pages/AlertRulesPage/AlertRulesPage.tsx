import {
  alertRuleWords,
  type AlertRule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAlertRules } from '../../data/useAlerts';
import { AlertNav, refName, SeverityChip } from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Empty, ErrorPanel, Loading } from '../../ui/feedback';
import { PageHead, Table, type Column } from '../../ui/layout';
import { durationText } from '../../ui/time';

const factColumns: readonly Column<AlertRule>[] = [
  {
    title: 'Rule',
    isMain: true,
    cell: ({ name }) => <strong>{name}</strong>,
  },
  { title: 'Condition', cell: ({ type }) => alertRuleWords[type] },
  {
    title: 'Severity',
    cell: ({ severity }) => <SeverityChip severity={severity} />,
  },
  { title: 'Expected', cell: ({ expected }) => expected },
  {
    title: 'For',
    isNumber: true,
    cell: ({ forMs }) => (forMs > 0 ? durationText(forMs) : 'at once'),
  },
  { title: 'Scope', cell: ({ scope }) => scopeText(scope) },
];

/** The rules in force: what each asks for, of what, and what it found. */
export function AlertRulesPage() {
  const rules = useAlertRules();
  const paths = useAirflowPaths();
  const openColumn: Column<AlertRule> = {
    title: 'Open alerts',
    isNumber: true,
    cell: ({ type, openAlerts }) =>
      openAlerts > 0 ? (
        <Link to={`${paths.alerts}?ruleType=${type}`}>{openAlerts}</Link>
      ) : (
        0
      ),
  };
  return (
    <article data-kind="alert-rules-page">
      <PageHead title="Alert rules" actions={<AlertNav />} />
      {rules.isPending && <Loading what="rules" />}
      {rules.error && (
        <ErrorPanel
          title="The rules could not be loaded"
          error={rules.error}
          onRetry={() => rules.refetch()}
        />
      )}
      {rules.data &&
        (rules.data.items.length === 0 ? (
          <Empty>
            No rules are active, so nothing is watched. Rules are set under
            airflow.alerts in the portal’s configuration.
          </Empty>
        ) : (
          <Table
            label="Alert rules"
            kind="alert-rule-row"
            columns={[...factColumns, openColumn]}
            rows={rules.data.items}
            keyOf={({ name }) => name}
            marksOf={({ name }) => ({ 'data-rule': name })}
          />
        ))}
    </article>
  );
}

/** What a rule looks at, in words. */
function scopeText(scope: AlertRule['scope']): string {
  const { clusters, environments, dags, tags, owners } = scope;
  const parts = [
    named('cluster', clusters),
    named('environment', environments),
    named('DAG', dags),
    named('tag', tags),
    named('owner', owners?.map(refName)),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('; ') : 'everything';
}

function named(what: string, values: readonly string[] | undefined) {
  return values && values.length > 0 && `${what} ${values.join(', ')}`;
}
