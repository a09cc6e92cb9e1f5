import {
  alertRuleWords,
  type AlertRule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useAlertRules } from '../../hooks/useAlerts';
import { AlertNav, refName, SeverityChip } from '../alerts';
import { Empty, ErrorPanel, Loading } from '../feedback';
import { PageHead, Table } from '../layout';
import { durationText } from '../time';

const columns = [
  { title: 'Rule' },
  { title: 'Looks for' },
  { title: 'Severity' },
  { title: 'Asks for' },
  { title: 'Held for', isNumber: true },
  { title: 'Looks at' },
  { title: 'Open alerts', isNumber: true },
];

/** The rules in force: what each asks for, of what, and what it found. */
export function AlertRulesPage() {
  const rules = useAlertRules();
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
            No rule is in force, so nothing is noticed. Rules are set under
            airflow.alerts in the portal’s configuration.
          </Empty>
        ) : (
          <Table label="Alert rules" columns={columns}>
            {rules.data.items.map(rule => (
              <RuleRow key={rule.name} rule={rule} />
            ))}
          </Table>
        ))}
    </article>
  );
}

function RuleRow({ rule }: { rule: AlertRule }) {
  const paths = useAirflowPaths();
  return (
    <tr data-kind="alert-rule-row" data-rule={rule.name}>
      <td data-label="Rule" data-main>
        <strong>{rule.name}</strong>
      </td>
      <td data-label="Looks for">{alertRuleWords[rule.type]}</td>
      <td data-label="Severity">
        <SeverityChip severity={rule.severity} />
      </td>
      <td data-label="Asks for">{rule.expected}</td>
      <td data-label="Held for" data-number>
        {rule.forMs > 0 ? durationText(rule.forMs) : 'at once'}
      </td>
      <td data-label="Looks at">{scopeText(rule.scope)}</td>
      <td data-label="Open alerts" data-number>
        {rule.openAlerts > 0 ? (
          <Link to={`${paths.alerts}?ruleType=${rule.type}`}>
            {rule.openAlerts}
          </Link>
        ) : (
          0
        )}
      </td>
    </tr>
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
