"""An Airflow dag that is paused and unpaused, and whose schedule is changed."""
import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task

SCHEDULE = "* * * * *"


@dag(schedule=SCHEDULE, start_date=pendulum.datetime(2026, 11, 1), catchup=False, tags=["trial"])
def trial_moved():
    @task
    def work():
        return 1

    work()


trial_moved()
