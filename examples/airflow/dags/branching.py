"""Takes one of two ways and skips the other."""

from __future__ import annotations

import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task

try:
    from airflow.providers.standard.operators.empty import EmptyOperator
except ImportError:
    from airflow.operators.empty import EmptyOperator


@dag(
    dag_id="refund_route",
    schedule="0 7 * * 1-5",
    start_date=pendulum.datetime(2026, 1, 1, tz="America/New_York"),
    catchup=False,
    description="Refunds by hand or by machine",
    tags=["team:crm"],
    default_args={"owner": "crm"},
)
def refund_route():
    @task.branch
    def decide() -> str:
        return "automatic"

    by_hand = EmptyOperator(task_id="by_hand")
    automatic = EmptyOperator(task_id="automatic")
    done = EmptyOperator(
        task_id="done", trigger_rule="none_failed_min_one_success"
    )
    decide() >> [by_hand, automatic] >> done


refund_route()
