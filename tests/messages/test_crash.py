"""Killed at any point and started again: nothing lost, nothing twice, unsure only where nobody can know."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.messages import claims, outbox
from services.messages.states import MessageState
from services.messages.worker import turn
from services.settings import read_settings
from services.shop import Shop, open_shop, opened
from tests.conftest import NOW
from tests.messages import victim
from tests.messages.invented import mail
from tests.messages.provider import Provider, Step


@pytest.fixture
def waiting(tmp_path: Path, sendgrid: Provider) -> str:
    """The id of a mail that waits in a shop whose process is not running."""
    with opened(_settings(tmp_path, sendgrid)) as shop, shop.store.write() as write:
        return outbox.put(write, [mail(shop.settings)])[0]


@pytest.fixture
def restarted(tmp_path: Path, sendgrid: Provider) -> Iterator[list[Shop]]:
    """Put the shop's process to work until it dies, then open the shop again: filled by `_kill_and_restart`."""
    shops: list[Shop] = []
    yield shops
    for shop in shops:
        shop.close()


def _settings(folder: Path, sendgrid: Provider):
    return read_settings(victim.environment(str(folder), sendgrid.url), folder)


def _start(folder: Path, sendgrid: Provider, step: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.messages.victim", str(folder), sendgrid.url, step])


def _restart(folder: Path, sendgrid: Provider, shops: list[Shop]) -> Shop:
    shop = open_shop(_settings(folder, sendgrid))
    shops.append(shop)
    claims.recover(shop, NOW)
    turn(shop, NOW)
    return shop


@pytest.mark.parametrize(
    ("step", "fate", "requests"),
    [
        ("claimed", MessageState.ACCEPTED, 1),  # no request had begun: it is sent now
        ("handed", MessageState.UNSURE, 0),  # a request may have begun: nobody can know
        ("answered", MessageState.UNSURE, 1),  # it was taken, but that was not written yet
    ],
)
def test_a_killed_worker_neither_loses_nor_doubles(
    tmp_path: Path,
    sendgrid: Provider,
    waiting: str,
    restarted: list[Shop],
    step: str,
    fate: MessageState,
    requests: int,
):
    assert _start(tmp_path, sendgrid, step).wait(30) == -signal.SIGKILL
    shop = _restart(tmp_path, sendgrid, restarted)
    row = outbox.message(shop, waiting)
    assert row["state"] == fate
    assert sendgrid.accepted_ids == [waiting] * requests
    assert row["events"][0]["kind"] == ("recovered" if step == "claimed" else "unsure")
    assert turn(shop, NOW) == 0


def test_killed_between_the_providers_taking_and_its_answer_a_mail_is_unsure(
    tmp_path: Path, sendgrid: Provider, waiting: str, restarted: list[Shop]
):
    sendgrid.steps = [Step(wait=5.0)]
    process = _start(tmp_path, sendgrid, "none")
    until = time.monotonic() + 30
    while not sendgrid.taken and time.monotonic() < until:
        time.sleep(0.02)
    process.kill()
    process.wait(30)
    shop = _restart(tmp_path, sendgrid, restarted)
    assert outbox.message(shop, waiting)["state"] == MessageState.UNSURE
    assert sendgrid.accepted_ids == [waiting]
