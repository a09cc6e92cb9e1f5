"""Succeeds at once and prints its conf; one twin is in service, the other paused."""

from __future__ import annotations

import json

import pendulum

try:
    from airflow.sdk import dag, get_current_context, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.operators.python import get_current_context


def make(dag_id: str, paused: bool):
    @dag(
        dag_id=dag_id,
        schedule=None,
        start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
        catchup=False,
        is_paused_upon_creation=paused,
        tags=["team:platform", "demo"],
        default_args={"owner": "platform"},
    )
    def hello():
        @task
        def greet() -> None:
            conf = get_current_context()["dag_run"].conf
            print("hello", json.dumps(conf, sort_keys=True))

        greet()

    return hello()


hello_world = make("hello_world", paused=False)
old_export = make("old_export", paused=True)
