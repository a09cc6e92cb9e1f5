"""A log of 100,000 lines with levels and groups."""

from __future__ import annotations

import logging

import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task

log = logging.getLogger("airflow.task")


@dag(
    dag_id="hundred_thousand_lines",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    tags=["team:platform", "demo"],
    default_args={"owner": "platform"},
)
def hundred_thousand_lines():
    @task
    def talk() -> None:
        for batch in range(100):
            log.info("::group::Batch %s", batch)
            for line in range(1000):
                if line == 500:
                    log.warning("batch %s is half done", batch)
                else:
                    log.info("batch %s row %s", batch, line)
            log.info("::endgroup::")
        log.error("one row of batch 99 was left out")

    talk()


hundred_thousand_lines()
