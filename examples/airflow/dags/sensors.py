"""Waits in two ways: a sensor that looks again, and a task that gives its worker back."""

from __future__ import annotations

from datetime import timedelta

import pendulum

try:
    from airflow.sdk import dag, get_current_context, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.operators.python import get_current_context

try:
    from airflow.providers.standard.sensors.time_delta import TimeDeltaSensorAsync
except ImportError:
    from airflow.sensors.time_delta import TimeDeltaSensorAsync


@dag(
    dag_id="warehouse_wait",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    tags=["team:bi"],
    default_args={"owner": "bi"},
)
def warehouse_wait():
    @task.sensor(poke_interval=2, timeout=60, mode="reschedule")
    def export_is_there() -> bool:
        started = get_current_context()["dag_run"].start_date
        return pendulum.now("UTC") - started > timedelta(seconds=4)

    later = TimeDeltaSensorAsync(task_id="a_little_later", delta=timedelta(seconds=2))
    export_is_there() >> later


warehouse_wait()
