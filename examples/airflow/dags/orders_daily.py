"""A night's work with task groups, mapped tasks and docs; its id has dots, its name umlauts."""

from __future__ import annotations

import random
import time

import pendulum

try:
    from airflow.sdk import dag, task, task_group
except ImportError:
    from airflow.decorators import dag, task, task_group


@dag(
    dag_id="shop.orders.daily",
    dag_display_name="Bestellungen täglich 📦",
    schedule="30 2 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/Berlin"),
    catchup=False,
    description="Yesterday's orders into the warehouse",
    tags=["team:payments", "orders", "critical"],
    default_args={"owner": "payments"},
    doc_md="""
### Orders into the warehouse

Loads the orders of each shop of the day before.

- **Runbook**: when `load` fails, look whether the warehouse accepts logins, then clear from `load`.
- **On call**: #payments-oncall
""",
)
def orders_daily():
    @task
    def shops() -> list[str]:
        return ["berlin", "paris", "new-york", "tokyo", "lima"]

    @task
    def extract(shop: str) -> int:
        time.sleep(0.2)
        rows = random.randint(100, 900)
        print(f"{rows} orders from {shop}")
        return rows

    @task_group
    def quality(rows):
        @task
        def check_totals(counts) -> int:
            return sum(counts)

        @task
        def check_gaps(counts) -> None:
            assert all(count > 0 for count in counts), "a shop sent no orders"

        check_gaps(rows)
        return check_totals(rows)

    @task
    def load(total: int) -> None:
        print(f"loaded {total} orders")

    load(quality(extract.expand(shop=shops())))


orders_daily()
