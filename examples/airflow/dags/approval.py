"""Waits for a person, on Airflow 3.1 and later."""

from __future__ import annotations

import pendulum

try:
    from airflow.providers.standard.operators.hitl import ApprovalOperator
    from airflow.sdk import dag
except ImportError:
    ApprovalOperator = None

if ApprovalOperator is not None:

    @dag(
        dag_id="limit_changes",
        schedule=None,
        start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
        catchup=False,
        tags=["team:risk", "hitl"],
        default_args={"owner": "risk"},
    )
    def limit_changes():
        ApprovalOperator(
            task_id="approve",
            subject="Raise the limit of customer 4711?",
            body="From 10,000 to 25,000 EUR.",
        )

    limit_changes()
