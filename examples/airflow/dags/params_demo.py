"""Params of every kind, and a run that prints what it was started with."""

from __future__ import annotations

import json

import pendulum

try:
    from airflow.sdk import Param, dag, get_current_context, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.models.param import Param
    from airflow.operators.python import get_current_context


@dag(
    dag_id="report_on_demand",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    description="A report with params of every kind",
    tags=["team:bi", "reports"],
    default_args={"owner": "bi"},
    params={
        "title": Param("Monthly report", type="string", maxLength=80),
        "rows": Param(100, type="integer", minimum=1, maximum=10_000),
        "threshold": Param(0.5, type="number"),
        "full": Param(False, type="boolean", description="All columns"),
        "format": Param("pdf", type="string", enum=["pdf", "csv", "xlsx"]),
        "day": Param("2026-11-01", type="string", format="date"),
        "shops": Param(["berlin"], type="array", items={"type": "string"}),
        "options": Param({"currency": "EUR"}, type="object"),
        "note": Param(None, type=["null", "string"]),
    },
)
def report_on_demand():
    @task
    def write() -> None:
        params = get_current_context()["params"]
        print("started with", json.dumps(dict(params), sort_keys=True))

    write()


report_on_demand()
