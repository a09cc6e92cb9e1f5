"""Every six hours, whatever the clock says; leaves XComs of several kinds."""

from __future__ import annotations

from datetime import timedelta

import pendulum

try:
    from airflow.sdk import dag, task

    # Airflow 3 fails a task that leaves NaN, and Airflow 2 one that takes it.
    UNKNOWN = None
except ImportError:
    from airflow.decorators import dag, task

    UNKNOWN = float("nan")


@dag(
    dag_id="stock.levels",
    dag_display_name="在庫 · Stock levels",
    schedule=timedelta(hours=6),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    tags=["team:logistics", "critical"],
    default_args={"owner": "logistics"},
)
def stock_levels():
    @task(multiple_outputs=True)
    def count() -> dict:
        return {"berlin": 1204, "lima": 88, "checked_at": "06:00"}

    @task
    def below(levels: dict, limit: int) -> list[str]:
        return [shop for shop in ("berlin", "lima") if levels[shop] < limit]

    @task(doc_md="Sends an order to the **central warehouse** for each shop.")
    def reorder(shops: list[str]) -> dict:
        for shop in shops:
            print(f"reordering for {shop}")
        return {"orders": len(shops), "mean_days": UNKNOWN}

    reorder(below(count(), limit=100))


stock_levels()
