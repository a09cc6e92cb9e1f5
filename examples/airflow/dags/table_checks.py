"""Has more tasks than a page of Airflow's lists holds, none of them mapped."""

from __future__ import annotations

import pendulum

try:
    from airflow.sdk import dag
except ImportError:
    from airflow.decorators import dag

try:
    from airflow.providers.standard.operators.empty import EmptyOperator
except ImportError:
    from airflow.operators.empty import EmptyOperator


@dag(
    dag_id="table_checks",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    description="One check for each table of the warehouse",
    tags=["team:crm"],
    default_args={"owner": "crm"},
)
def table_checks():
    for table in range(250):
        EmptyOperator(task_id=f"check_{table:03}")


table_checks()
