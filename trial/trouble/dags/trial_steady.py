"""An Airflow dag that succeeds every minute, and one of which no run can follow another in time."""
import time

import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task

START = pendulum.datetime(2026, 11, 1)


@dag(schedule="* * * * *", start_date=START, catchup=False, tags=["trial"])
def trial_steady():
    @task
    def tick():
        return "tock"

    tick()


@dag(
    schedule="* * * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    tags=["trial"],
)
def trial_slow():
    @task
    def rest():
        time.sleep(200)

    rest()


trial_steady()
trial_slow()
