"""A process that is killed in the middle of a bulk job: `python -m tests.jobs.victim ADDRESS`. Prints each portion."""

from __future__ import annotations

import sys
import time

from services.jobs import running
from services.settings import read_settings
from services.shop import open_shop


def main(address: str) -> None:
    """Do portion after portion, slowly enough to be killed between and within them."""
    running.PORTION = 7
    shop = open_shop(read_settings({"COMPTOIR_STORE": address, "COMPTOIR_SECRET": "a secret for tests only"}))
    job_id = running.claim(shop)
    assert job_id
    while running.portion(shop, job_id):
        print("portion", flush=True)
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1])
