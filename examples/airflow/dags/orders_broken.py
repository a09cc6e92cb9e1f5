"""Fails with a chain of exceptions that is worth reading."""

from __future__ import annotations

import logging

import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task

log = logging.getLogger(__name__)


class WarehouseError(RuntimeError):
    """The warehouse did not take what it was given."""


def connect(host: str) -> None:
    raise ConnectionRefusedError(111, f"Connection refused: {host}:5432")


def write_batch(host: str, rows: int) -> None:
    try:
        connect(host)
    except OSError as error:
        raise WarehouseError(f"{rows} orders were not written") from error


@dag(
    dag_id="orders_broken",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    description="Always fails: its warehouse is not there",
    tags=["team:payments", "orders"],
    default_args={"owner": "payments"},
)
def orders_broken():
    @task
    def read() -> int:
        return 1500

    @task
    def load(rows: int) -> None:
        log.info("Writing %s orders", rows)
        log.warning("The warehouse answered slowly the last three times")
        write_batch("warehouse-1", rows)

    @task
    def report() -> None:
        print("never reached")

    load(read()) >> report()


orders_broken()
