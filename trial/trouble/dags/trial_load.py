"""Airflow dags that do as their conf says: {"sleep": seconds, "fail": true, "failFirst": true}."""
import time

import pendulum

try:
    from airflow.sdk import dag, get_current_context, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.operators.python import get_current_context


def load_dag(name):
    @dag(
        dag_id=name,
        schedule=None,
        start_date=pendulum.datetime(2026, 11, 1),
        catchup=False,
        tags=["trial"],
    )
    def trial_load():
        @task
        def load():
            context = get_current_context()
            conf = context["dag_run"].conf or {}
            time.sleep(conf.get("sleep", 0))
            is_first = context["ti"].try_number == 1
            if conf.get("fail") or (conf.get("failFirst") and is_first):
                raise ValueError("no rows")

        load()

    return trial_load()


# One for each story, so that none of them flaps.
for name in ("trial_marked", "trial_overtaken", "trial_cleared"):
    globals()[name] = load_dag(name)
