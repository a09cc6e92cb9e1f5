"""Retries that end well, and retries that do not."""

from __future__ import annotations

from datetime import timedelta

import pendulum

try:
    from airflow.sdk import dag, get_current_context, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.operators.python import get_current_context


def make(dag_id: str, succeeds_at: int):
    @dag(
        dag_id=dag_id,
        schedule=None,
        start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
        catchup=False,
        tags=["team:payments", "flaky"],
        default_args={
            "owner": "payments",
            "retries": 1,
            "retry_delay": timedelta(seconds=3),
        },
    )
    def retried():
        @task
        def capture() -> None:
            attempt = get_current_context()["ti"].try_number
            if attempt < succeeds_at:
                raise TimeoutError(f"the bank did not answer attempt {attempt}")
            print(f"captured at attempt {attempt}")

        capture()

    return retried()


payments_flaky = make("payments_flaky", succeeds_at=2)
payments_exhausted = make("payments_exhausted", succeeds_at=9)
