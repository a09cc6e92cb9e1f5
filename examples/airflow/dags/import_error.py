"""An airflow dag file that cannot be imported."""

from airflow.models import DAG  # noqa: F401
from shop.pricing import discounts  # noqa: F401
