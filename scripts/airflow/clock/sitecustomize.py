"""Read by the Python of an Airflow whose clock is moved.

Python 3.11 and later sleep until a moment of the monotonic clock, which libfaketime 0.9.10 takes for one of the other
clock and refuses ("Invalid argument"). Waiting for nothing does the same, and goes by a duration.
"""

import select
import time


def sleep(seconds):
    """As ``time.sleep``."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
