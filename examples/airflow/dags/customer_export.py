"""Cannot be triggered without saying for whom: params that are required."""

from __future__ import annotations

import pendulum

try:
    from airflow.sdk import Param, dag, get_current_context, task
except ImportError:
    from airflow.decorators import dag, task
    from airflow.models.param import Param
    from airflow.operators.python import get_current_context


@dag(
    dag_id="customer_export",
    dag_display_name="Customer export (GDPR)",
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    description="All that the shop holds about one customer",
    tags=["team:crm", "gdpr"],
    default_args={"owner": "crm"},
    params={
        "customer": Param(
            type="string",
            pattern="^C-[0-9]{4,8}$",
            title="Customer number",
            description="Like C-4711",
        ),
        "until": Param("2026-11-01T00:00:00Z", type="string", format="date-time"),
        "legal_basis": Param(
            "access",
            type="string",
            enum=["access", "portability"],
            values_display={"access": "Art. 15", "portability": "Art. 20"},
        ),
        "include_payments": Param(True, type="boolean", section="Scope"),
        "recipients": Param(["dpo@example.com"], type="array", section="Scope"),
    },
)
def customer_export():
    @task
    def export() -> str:
        customer = get_current_context()["params"]["customer"]
        return f"exports/{customer}.zip"

    export()


customer_export()
