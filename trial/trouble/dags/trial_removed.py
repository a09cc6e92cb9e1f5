"""An Airflow dag whose file is removed."""
import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task


@dag(schedule="0 3 * * *", start_date=pendulum.datetime(2026, 11, 1), catchup=False, tags=["trial"])
def trial_removed():
    @task
    def work():
        return 1

    work()


trial_removed()
