"""A PostgreSQL of `make run-cluster`: in a folder of its own under `var/`, kept between runs, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

MISSING = (
    "PostgreSQL is not on this machine: make run-cluster starts one of its own and needs its programs (initdb, pg_ctl)."
    " On Debian and Ubuntu: apt-get install postgresql. On macOS: brew install postgresql."
)


class CannotRun(Exception):
    """Why there is no PostgreSQL, in a sentence."""


class Postgres:
    """A server in `folder`. The program refuses to run as root, so that root starts it as the user postgres."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self._bin = _programs()
        self._user = "postgres" if os.geteuid() == 0 else None

    @property
    def address(self) -> str:
        """What `COMPTOIR_STORE` is for a shop on this server."""
        user = self._user or pwd.getpwuid(os.geteuid()).pw_name
        return f"ducklake:postgres:dbname=comptoir host=127.0.0.1 port={self.port} user={user}"

    @property
    def how_to_stop(self) -> str:
        """A line for the shell that stops the server at once, as if its machine had died."""
        return f"{self._as_user()}{self._bin / 'pg_ctl'} -D {self.folder} -m immediate stop"

    @property
    def how_to_start(self) -> str:
        """A line for the shell that starts it again."""
        log = self.folder / "log"
        program = f"{self._as_user()}{self._bin / 'pg_ctl'}"
        return f"{program} -D {self.folder} -l {log} -o '{self._options}' start"

    def start(self) -> bool:
        """Start; whether it was made just now, and the shop is new."""
        is_new = not (self.folder / "PG_VERSION").exists()
        if is_new:
            self._make()
        elif (self.folder / "postmaster.pid").exists():  # of a run that was killed
            self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop", may_fail=True)
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder), "-l", log, "-o", self._options, "-w", "start")
        if is_new:
            self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "comptoir")
        return is_new

    def stop(self) -> None:
        """Stop, if it runs."""
        if (self.folder / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "stop", may_fail=True)

    @property
    def _options(self) -> str:
        return f'-p {self.port} -h 127.0.0.1 -k "" -c max_connections=200'

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._user:
            try:
                shutil.chown(self.folder, self._user, self._user)
            except LookupError as error:
                raise CannotRun("PostgreSQL does not run as root, and there is no user postgres to run it.") from error
        self.folder.chmod(0o700)
        self._run("initdb", "-D", str(self.folder), "-A", "trust", "-E", "UTF8", "--no-locale", "-N")

    def _run(self, program: str, *arguments: str, may_fail: bool = False) -> None:
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            user=self._user, cwd="/", env={"PATH": os.environ.get("PATH", "")}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=120,
        )  # fmt: skip
        if done.returncode and not may_fail:
            said = done.stderr.strip().splitlines()
            raise CannotRun(f"PostgreSQL could not be started ({program}): {said[-1] if said else 'no reason given'}")

    def _as_user(self) -> str:
        return f"runuser -u {self._user} -- " if self._user else ""


def _programs() -> Path:
    """The folder of the server's programs: from PATH, else the newest that a package manager has put down."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for root, pattern in (("/usr/lib/postgresql", "*/bin"), ("/opt/homebrew/opt", "postgresql*/bin")):
        folders += sorted(Path(root).glob(pattern), key=str, reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise CannotRun(MISSING)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
