"""Where processes that are to be killed are born: one process that has read all the code forks them, so that each life
begins at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Child:
    """A process that lives, and the line to it."""

    pid: int
    line: Connection
    nursery: Nursery
    has_fallen: bool = False

    def kill(self) -> bool:
        """SIGKILL; whether that is what it died of."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self.nursery.buried(self.pid) == -signal.SIGKILL


class Nursery:
    """Gives birth to processes, one after the other."""

    def __init__(self) -> None:
        # a socket's path may be a hundred characters long: not every folder of a test's own is short enough
        self._folder = tempfile.mkdtemp(prefix="faults-")
        self._listener = Listener(f"{self._folder}/line", family="AF_UNIX")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", str(self._listener.address)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def born(self) -> Child:
        """A process of its own, waiting on its line."""
        pid = int(self._told("born"))
        return Child(pid, self._listener.accept(), self)

    def buried(self, pid: int) -> int:
        """Wait for a process that was killed; what it ended with, a signal as a number below zero."""
        return int(self._told(f"bury {pid}"))

    def close(self) -> None:
        """End the nursery."""
        self._process.communicate("")
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _told(self, words: str) -> str:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery for the length of the block."""
    made = Nursery()
    try:
        yield made
    finally:
        made.close()


def _serve(address: str) -> None:
    from tests.faults import child

    child.warm()
    for words in sys.stdin:
        if words.startswith("bury"):
            _pid, status = os.waitpid(int(words.split()[1]), 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            child.be_born(Client(address, family="AF_UNIX"))
        print(pid, flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
