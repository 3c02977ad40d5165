"""Killed at each step of sending, whichever it is: no mail lost, none twice, unsure only where nobody can know."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.messages import claims, outbox
from services.messages.states import MessageState
from services.messages.worker import turn
from services.settings import read_settings
from services.shop import opened
from tests.conftest import NOW
from tests.messages import victim
from tests.messages.invented import mail
from tests.messages.provider import Provider

MANY = 60  # more steps than a turn has


class Walk:
    """Lets workers die, one step after the other."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.messages.steps"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def dies(self, folder: Path, url: str, step: int) -> str:
        """The step at which it died, by its name."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{folder} {url} {step}\n")
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def walk() -> Iterator[Walk]:
    walking = Walk()
    yield walking
    walking.close()


def test_a_mail_survives_every_step_at_which_its_worker_may_die(
    tmp_path: Path, sendgrid: Provider, walk: Walk, _file_template: Path
) -> None:
    names, fates = [], []
    for step in range(1, MANY):
        folder = tmp_path / str(step)
        folder.mkdir()
        shutil.copyfile(_file_template, folder / "shop.duckdb")
        settings = read_settings(victim.environment(str(folder), sendgrid.url), folder)
        with opened(settings) as shop, shop.store.write() as write:
            [message] = outbox.put(write, [mail(shop.settings)])
        name = walk.dies(folder, sendgrid.url, step)
        with opened(settings) as shop:
            claims.recover(shop, NOW)
            while turn(shop, NOW):
                pass
            state = outbox.message(shop, message)["state"]
        taken = sendgrid.accepted_ids.count(message)
        assert taken <= 1, f"twice, after {name}"
        assert state in (MessageState.ACCEPTED, MessageState.UNSURE), f"lost, after {name}: {state}"
        assert state == MessageState.UNSURE or taken == 1, f"lost, after {name}"
        if name == "done":
            break
        names.append(name)
        fates.append(MessageState(state))
    else:
        raise AssertionError("a turn never ends")
    # nobody can know from the commit that says "handed" to the commit that says what became of it
    commits = [at for at, name in enumerate(names) if name == "after a commit"]
    handed, settled = commits[1], commits[2]
    assert [at for at, fate in enumerate(fates) if fate is MessageState.UNSURE] == list(range(handed, settled))
    assert {"before _connected", "after _send", "after _answer"} <= set(names)
