"""A PostgreSQL of the tests' own: started on 127.0.0.1 in a folder of its own, stopped at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

PROGRAMS = ("initdb", "pg_ctl", "postgres")


class NoPostgres(Exception):
    """The programs are not on this machine; the text says what is missing."""


def must_have_all(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a missing program fails the tests instead of skipping them."""
    return environment.get("CI") == "true" or environment.get("COMPTOIR_REQUIRE_ALL") == "1"


def programs() -> Path:
    """The folder that holds the server's programs: from PATH, else the newest under /usr/lib/postgresql."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: float(f.parent.name), reverse=True)
    for folder in folders:
        if all((folder / name).exists() for name in PROGRAMS):
            return folder
    raise NoPostgres(f"PostgreSQL's programs ({', '.join(PROGRAMS)}) are not on this machine.")


@dataclass
class Server:
    """A running server. `words(name)` are the libpq words of one of its databases."""

    folder: Path
    port: int
    _bin: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def words(self, database: str) -> str:
        return f"dbname={database} host=127.0.0.1 port={self.port} user=postgres"

    def create(self, template: str = "template1") -> str:
        """A new database, copied from `template` (to which nobody may be connected); its name."""
        name = f"shop_{next(self._numbers)}"
        with psycopg.connect(self.words("postgres"), autocommit=True) as con:
            con.execute(f"create database {name} template {template}")
        return name

    def drop(self, database: str) -> None:
        """Take a database away, whoever is still connected."""
        with psycopg.connect(self.words("postgres"), autocommit=True) as con:
            con.execute(f"drop database if exists {database} with (force)")

    def start(self) -> None:
        """Start, or start again after `stop`, on the same port with the same data."""
        # No fsync: these databases need not outlive a power cut. No socket file: its path may be too long.
        options = f"-p {self.port} -h 127.0.0.1 -k '' -F -c full_page_writes=off -c max_connections=50"
        self._run("pg_ctl", "-D", str(self.folder), "-l", str(self.folder / "log"), "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop at once; whoever is connected loses the connection."""
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "-w", "stop")

    def prepare(self) -> None:
        """Make the folder of an empty server."""
        self._run("initdb", "-D", str(self.folder), "-A", "trust", "-U", "postgres", "-E", "UTF8", "-N", "--no-locale")

    def _run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root.
        user = "postgres" if os.geteuid() == 0 else None
        subprocess.run(
            [str(self._bin / program), *arguments],
            check=True, user=user, cwd=self.folder, env={"PATH": os.environ.get("PATH", "")},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip


@contextmanager
def server() -> Iterator[Server]:
    """A fresh server for the length of the block. Raises `NoPostgres` where its programs are missing."""
    folder = programs()
    place = Path(tempfile.mkdtemp(prefix="comptoir-postgres-"))
    try:
        if os.geteuid() == 0:
            os.chown(place, *_ids("postgres"))
        made = Server(place, _free_port(), folder)
        made.prepare()
        made.start()
        try:
            yield made
        finally:
            if (place / "postmaster.pid").exists():
                made.stop()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _ids(user: str) -> tuple[int, int]:
    try:
        entry = pwd.getpwnam(user)
    except KeyError as error:
        raise NoPostgres(f"PostgreSQL does not run as root, and there is no user {user} to run it.") from error
    return entry.pw_uid, entry.pw_gid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
