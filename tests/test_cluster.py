"""`make run-cluster`: several processes on one shop, one of them killed, PostgreSQL gone and back."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.postgres import NoPostgres, must_have_all, programs

ROOT = Path(__file__).parent.parent
ORDER = {"currency": "EUR", "lines": [{"name": "Tea", "quantity": 1, "unit_price": "5.00"}]}


class Cluster:
    """What the program said, and its processes asked over HTTP."""

    def __init__(self, said: str, port: int) -> None:
        self.said, self.port = said, port

    def ask(self, app: int, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        request = Request(
            f"http://127.0.0.1:{self.port + app}/api/v1{path}",
            data=json.dumps(body).encode() if body else None,
            headers={"Authorization": "Bearer key", "Content-Type": "application/json"},
        )
        try:
            with urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            with error:
                return error.code, json.load(error)

    def line(self, start: str) -> str:
        return re.findall(rf"^{start}: (.*)$", self.said, re.MULTILINE)[0]

    def shell(self, start: str) -> None:
        subprocess.run(shlex.split(self.line(start)), check=True, stdout=subprocess.DEVNULL, timeout=30, cwd="/")


def free_port() -> int:
    """The first of two that are free."""
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        port: int = first.getsockname()[1]
    return port


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    try:
        programs()
    except NoPostgres as error:
        if must_have_all():
            pytest.fail(str(error))
        pytest.skip(str(error))
    folder = Path(tempfile.mkdtemp(prefix="comptoir-cluster-"))
    folder.chmod(0o755)  # PostgreSQL may run as a user of its own
    port = free_port()
    settings = {name: value for name, value in os.environ.items() if not name.startswith("COMPTOIR_")}
    with (folder / "said").open("wb") as said_to:
        program = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "cluster.py"), "--apps", "2", "--orders", "0",
             "--port", str(port), "--folder", str(folder)],
            stdout=said_to, stderr=subprocess.STDOUT,
            env={**settings, "COMPTOIR_API_KEY": "key", "COMPTOIR_SECRET": "a secret for tests only"},
        )  # fmt: skip
    try:
        said = folder / "said"
        until(lambda: "Ctrl-C ends all" in said.read_text() or program.poll() is not None, 120)
        assert program.poll() is None, said.read_text()
        yield Cluster(said.read_text(), port)
        program.send_signal(signal.SIGINT)
        assert program.wait(30) == 0
        assert not (folder / "postgres" / "postmaster.pid").exists()
    finally:
        if program.poll() is None:
            program.terminate()
            program.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


@pytest.mark.postgres
def test_processes_share_one_shop_and_go_on_when_one_or_postgresql_dies(cluster: Cluster) -> None:
    status, made = cluster.ask(0, "/orders", ORDER)
    assert status == 201
    status, seen = cluster.ask(1, f"/orders/{made['id']}")
    assert (status, seen["number"]) == (200, made["number"])
    status, noted = cluster.ask(1, f"/orders/{made['id']}/actions/add_note", {"version": 1, "text": "by the second"})
    assert (status, noted["order"]["version"]) == (200, 2)
    status, refused = cluster.ask(0, f"/orders/{made['id']}/actions/add_note", {"version": 1, "text": "too late"})
    assert (status, "changed since" in refused["detail"]) == (409, True)

    os.kill(int(cluster.line("Kill a process").split()[-1]), signal.SIGKILL)
    assert cluster.ask(1, "/orders", ORDER)[0] == 201

    cluster.shell("Stop PostgreSQL")
    for body in (None, ORDER):
        status, told = cluster.ask(1, "/orders", body)
        assert (status, "PostgreSQL does not answer" in told["detail"]) == (503, True)
    cluster.shell("Start it again")
    until(lambda: cluster.ask(1, "/orders", ORDER)[0] == 201, 30)
    assert cluster.ask(1, "/orders")[1]["total"] == 3
