"""Finds its gateway down at the first attempt of each run, and up again when the run is cleared."""

from __future__ import annotations

import pendulum

try:
    from airflow.sdk import dag, get_current_context, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.operators.python import get_current_context


class GatewayError(RuntimeError):
    """The bank's gateway did not take what it was sent."""


@dag(
    dag_id="payments_gateway",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    description="Settles the cards of the day; clear it once the gateway is back",
    tags=["team:payments"],
    default_args={"owner": "payments"},
)
def payments_gateway():
    @task
    def settle() -> int:
        if get_current_context()["ti"].try_number == 1:
            raise GatewayError("gateway-1 answered 503: down for maintenance")
        return 42

    @task
    def book(cards: int) -> None:
        print(f"booked {cards} cards")

    book(settle())


payments_gateway()
