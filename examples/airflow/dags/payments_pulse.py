"""Runs every minute once it is unpaused, so that a scheduler that stands still is soon missed."""

from __future__ import annotations

import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task


@dag(
    dag_id="payments_pulse",
    schedule="* * * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    is_paused_upon_creation=True,
    tags=["team:payments"],
    default_args={"owner": "payments"},
)
def payments_pulse():
    @task
    def beat() -> None:
        print("alive")

    beat()


payments_pulse()
