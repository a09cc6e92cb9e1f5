"""Trains a model per market in a mapped task group; one market has too little data."""

from __future__ import annotations

import pendulum

try:
    from airflow.sdk import dag, setup, task, task_group, teardown
except ImportError:
    from airflow.decorators import dag, setup, task, task_group, teardown

ROWS = {"de": 48_000, "fr": 31_500, "jp": 27_200, "pe": 140}


@dag(
    dag_id="ml.train_models",
    schedule="0 5 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Asia/Tokyo"),
    catchup=False,
    description="Demand forecast: one model per market, all or none published",
    tags=["team:ml", "models"],
    default_args={"owner": "ml"},
)
def train_models():
    @setup
    def reserve_gpu() -> str:
        return "gpu-7"

    @teardown
    def release_gpu() -> None:
        print("released")

    @task_group
    def market(code):
        @task
        def load(code: str) -> dict:
            return {"market": code, "rows": ROWS[code]}

        @task
        def fit(data: dict) -> dict:
            if data["rows"] < 1_000:
                raise ValueError(f"{data['rows']} rows of {data['market']} are too few")
            return {**data, "error": 0.07, "features": ["price", "weekday", "weather"]}

        return fit(load(code))

    @task
    def publish(models) -> None:
        print("published", [model["market"] for model in models])

    models = market.expand(code=sorted(ROWS))
    reserved, released = reserve_gpu(), release_gpu()
    reserved >> models >> released
    reserved >> released
    publish(models)


train_models()
