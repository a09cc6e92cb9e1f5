"""Triggers another DAG and waits for it."""

from __future__ import annotations

from datetime import timedelta

import pendulum

try:
    from airflow.sdk import dag
except ImportError:
    from airflow.decorators import dag

try:
    from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
except ImportError:
    from airflow.operators.trigger_dagrun import TriggerDagRunOperator


@dag(
    dag_id="month_end",
    schedule="0 4 1 * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    tags=["team:billing"],
    # On a new Airflow this one may be known before the one that it triggers.
    default_args={
        "owner": "billing",
        "retries": 3,
        "retry_delay": timedelta(seconds=20),
    },
)
def month_end():
    TriggerDagRunOperator(
        task_id="report",
        trigger_dag_id="report_on_demand",
        conf={"title": "Month end", "format": "csv"},
        wait_for_completion=True,
        poke_interval=5,
    )


month_end()
