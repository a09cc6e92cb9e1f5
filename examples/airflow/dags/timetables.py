"""Schedules that are no plain cron: a timetable, and one that never rests."""

from __future__ import annotations

import time

import pendulum

try:
    from airflow.sdk import CronTriggerTimetable, dag, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.timetables.trigger import CronTriggerTimetable

common = {
    "start_date": pendulum.datetime(2026, 1, 1, tz="UTC"),
    "catchup": False,
    "tags": ["team:risk"],
    "default_args": {"owner": "risk"},
}


@dag(
    dag_id="market_close",
    schedule=CronTriggerTimetable("30 16 * * 1-5", timezone="America/New_York"),
    **common,
)
def market_close():
    @task
    def collect() -> None:
        print("collected")

    collect()


@dag(
    dag_id="price_feed",
    schedule="@continuous",
    max_active_runs=1,
    is_paused_upon_creation=True,
    **common,
)
def price_feed():
    @task
    def listen() -> None:
        time.sleep(20)

    listen()


market_close()
price_feed()
