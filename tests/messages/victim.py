"""A worker process that dies by SIGKILL at a step of its choice: `python -m tests.messages.victim FOLDER URL STEP`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from services.messages import claims, results
from services.messages.courier import Courier
from services.messages.worker import turn
from services.settings import read_settings
from services.shop import open_shop
from tests.conftest import NOW


def die(*_args: object, **_more: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def main(folder: str, url: str, step: str) -> None:
    settings = read_settings(environment(folder, url), Path(folder))
    if step == "claimed":
        claims.hand = die
    elif step == "handed":
        Courier.send = die
    elif step == "answered":
        results.settle = die
    turn(open_shop(settings), NOW)


def environment(folder: str, url: str) -> dict[str, str]:
    """Settings of a shop in `folder` whose mails go to `url`."""
    return {
        "COMPTOIR_STORE": f"{folder}/shop.duckdb",
        "COMPTOIR_SECRET": "a secret for tests only",
        "COMPTOIR_SENDER_EMAIL": "no-reply@example.com",
        "SENDGRID_API_KEY": "SG.test",
        "COMPTOIR_SENDGRID_URL": url,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
