"""Counts a shelf a second, so that there is a log to watch while it is written."""

from __future__ import annotations

import logging
import time

import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task

SHELVES = 75
BOXES = 4


@dag(
    dag_id="stock_count",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    description="Counts the warehouse shelf by shelf",
    tags=["team:platform"],
    default_args={"owner": "platform"},
)
def stock_count():
    @task
    def count() -> int:
        log = logging.getLogger(__name__)
        for shelf in range(1, SHELVES + 1):
            for box in range(1, BOXES + 1):
                log.info("shelf %s, box %s: %s pieces", shelf, box, 10 * box)
            log.info("shelf %s of %s counted", shelf, SHELVES)
            time.sleep(1)
        return SHELVES

    count()


stock_count()
