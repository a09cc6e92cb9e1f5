"""An Airflow dag whose old days are filled in."""
import pendulum

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task


@dag(
    schedule="0 0 * * *",
    start_date=pendulum.datetime(2026, 1, 1),
    catchup=False,
    tags=["trial"],
)
def trial_daily():
    @task
    def count():
        return 1

    count()


trial_daily()
