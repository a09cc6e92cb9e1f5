"""One DAG writes an asset (a dataset, on Airflow 2), another runs when it was written."""

from __future__ import annotations

import pendulum

try:
    from airflow.sdk import Asset, dag, task
except ImportError:
    from airflow.datasets import Dataset as Asset
    from airflow.decorators import dag, task

orders = Asset("s3://warehouse/orders.parquet")
common = {
    "start_date": pendulum.datetime(2026, 1, 1, tz="UTC"),
    "catchup": False,
    "tags": ["team:bi", "orders"],
    "default_args": {"owner": "bi"},
}


@dag(dag_id="orders_export", schedule="@daily", **common)
def orders_export():
    @task(outlets=[orders])
    def write() -> None:
        print("written")

    write()


@dag(dag_id="orders_mart", schedule=[orders], **common)
def orders_mart():
    @task
    def build() -> None:
        print("built")

    build()


orders_export()
orders_mart()
