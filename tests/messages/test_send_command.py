"""`python -m services send`: the worker's turn from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from services import clock
from services.messages import outbox
from services.settings import Settings, read_settings
from services.shop import opened
from tests.messages import victim
from tests.messages.invented import mail
from tests.messages.provider import Provider, Step


def command(folder: Path, sendgrid: Provider, *words: str, **settings: str) -> subprocess.Popen[str]:
    environment = {"PATH": os.environ["PATH"], **victim.environment(str(folder), sendgrid.url), **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "services", "send", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def waiting(tmp_path: Path, sendgrid: Provider) -> list[str]:
    """Three mails that are due, in a shop whose process is not running."""
    settings = read_settings(victim.environment(str(tmp_path), sendgrid.url), tmp_path)
    with opened(settings) as shop, shop.store.write() as write:
        return outbox.put(write, [mail(settings, send_after=clock.now()) for _ in range(3)])


def test_once_sends_what_is_due_and_ends(tmp_path: Path, sendgrid: Provider, waiting: list[str]):
    sendgrid.steps = [Step(500, {"Retry-After": "600"})]
    process = command(tmp_path, sendgrid, "--once")
    said, errors = process.communicate(timeout=30)
    assert (process.returncode, said.strip(), errors) == (0, "3 messages taken.", "")
    assert len(sendgrid.taken) == 2
    process = command(tmp_path, sendgrid, "--once")
    assert process.communicate(timeout=30)[0].strip() == "0 messages taken."


def test_it_keeps_sending_until_it_is_told_to_end(tmp_path: Path, sendgrid: Provider, waiting: list[str]):
    process = command(tmp_path, sendgrid)
    until = time.monotonic() + 30
    while len(sendgrid.taken) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _said, errors = process.communicate(timeout=5)
    assert (process.returncode, errors) == (0, "")
    assert sorted(sendgrid.accepted_ids) == sorted(waiting)


def test_without_a_key_it_says_what_is_missing(tmp_path: Path, sendgrid: Provider):
    process = command(tmp_path, sendgrid, "--once", SENDGRID_API_KEY="")
    said, errors = process.communicate(timeout=30)
    assert (process.returncode, said) == (1, "")
    assert errors.strip() == "Mail is not set up: it takes a SendGrid key and a sender address."


@pytest.mark.postgres
def test_two_processes_on_one_shop_send_each_mail_once(shared_settings: Settings, tmp_path: Path, sendgrid: Provider):
    with opened(shared_settings) as shop, shop.store.write() as write:
        ids = outbox.put(write, [mail(shared_settings, send_after=clock.now()) for _ in range(60)])
    sendgrid.steps = [Step(wait=0.3) for _ in ids]  # so that neither is done before the other has begun
    shared = {"COMPTOIR_STORE": shared_settings.store, "COMPTOIR_FILES": shared_settings.files}
    workers = [command(tmp_path, sendgrid, "--once", **shared) for _ in range(2)]
    try:
        said = [worker.communicate(timeout=120) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    assert [errors for _said, errors in said] == ["", ""]
    assert Counter(sendgrid.accepted_ids) == Counter(ids)
    assert sum(int(told.split()[0]) for told, _errors in said) == len(ids)
