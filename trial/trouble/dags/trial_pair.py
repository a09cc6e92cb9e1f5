"""Two Airflow dags in one file, which is broken and mended."""
import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task

START = pendulum.datetime(2026, 11, 1)


@dag(schedule="* * * * *", start_date=START, catchup=False, tags=["trial"])
def trial_pair_often():
    @task
    def work():
        return 1

    work()


@dag(schedule=None, start_date=START, tags=["trial"])
def trial_pair_never():
    @task
    def work():
        return 1

    work()


trial_pair_often()
trial_pair_never()
