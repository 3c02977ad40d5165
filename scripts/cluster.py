"""`make run-cluster`: one shop on PostgreSQL, several app processes and a worker, all on this machine, to try it.

What it keeps lies under `var/cluster`; Ctrl-C ends all of it. A process that ends by itself is told and not started
again, so that one can be killed to see how the others go on.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cluster_postgres import CannotRun, Postgres

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN, END_WITHIN = 180.0, 8.0  # seconds


@dataclass
class Process:
    """A process of the cluster."""

    name: str
    program: subprocess.Popen[bytes]
    address: str = ""
    is_told: bool = False

    @property
    def serves(self) -> bool:
        """Whether its pages can be asked for."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):
                return True
        except OSError:
            return False


def main(given: list[str]) -> int:
    """Run until Ctrl-C or SIGTERM. 1 with one line on stderr when it cannot."""
    asked = _arguments().parse_args(given)
    ends = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_args: ends.set())
    processes: list[Process] = []
    postgres: Postgres | None = None
    try:
        postgres = Postgres(asked.folder.resolve() / "postgres")
        is_new = postgres.start()
        settings = {**os.environ, "COMPTOIR_STORE": postgres.address, "COMPTOIR_FILES": str(asked.folder / "files")}
        if is_new and asked.orders:
            print("Making the demo shop.", flush=True)
            subprocess.run(
                _python("-m", "services", "demo", "--orders", str(asked.orders)), env=settings, check=True, cwd=ROOT
            )
        ports = range(asked.port, asked.port + asked.apps)
        processes += [_app(port, settings) for port in ports]
        processes.append(_started("The worker", settings, "-m", "services", "work"))
        _wait_until_ready(processes, ends)
        _say_what_there_is(processes, postgres, asked.folder)
        while not ends.wait(0.5):
            _tell_of_ended(processes)
    except (CannotRun, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        _end(processes)
        if postgres:
            postgres.stop()
    print("All of it has ended.", flush=True)
    return 0


def _arguments() -> argparse.ArgumentParser:
    known = argparse.ArgumentParser(prog="make run-cluster", description=(__doc__ or "").splitlines()[0])
    known.add_argument("--port", type=int, default=8501, help="of the first app; the others take those after it")
    known.add_argument("--apps", type=int, default=3, help="how many app processes")
    known.add_argument("--orders", type=int, default=5000, help="of the demo shop, when the shop is new; 0 for none")
    known.add_argument("--folder", type=Path, default=ROOT / "var" / "cluster", help="what is kept")
    return known


def _app(port: int, settings: Mapping[str, str]) -> Process:
    address = f"http://localhost:{port}"
    own = {**settings, "COMPTOIR_PUBLIC_URL": settings.get("COMPTOIR_PUBLIC_URL", address)}
    options = ("--server.address", "127.0.0.1", "--server.headless", "true")
    app = _started(
        f"The app on {address}", own, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options
    )
    app.address = address
    return app


def _started(name: str, settings: Mapping[str, str], *arguments: str) -> Process:
    # in a session of its own: Ctrl-C on the terminal is for us, who end them in order
    program = subprocess.Popen(_python(*arguments), env=dict(settings), cwd=ROOT, start_new_session=True)
    return Process(name, program)


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _wait_until_ready(processes: list[Process], ends: threading.Event) -> None:
    waited = 0.0
    while not all(process.serves for process in processes if process.address):
        if dead := [process for process in processes if process.program.poll() is not None]:
            raise CannotRun(f"{dead[0].name} has ended at the start; the lines above say why.")
        if ends.wait(0.3) or (waited := waited + 0.3) > READY_WITHIN:
            raise CannotRun("Ended before everything was ready.")


def _say_what_there_is(processes: list[Process], postgres: Postgres, folder: Path) -> None:
    print("\nOne shop, several processes:")
    for process in processes:
        print(f"  {process.name}, process {process.program.pid}")
    print(f"  Its store: {postgres.address}")
    print(f"  Its files: {folder / 'files'}")
    print(f"Kill a process: kill -9 {processes[0].program.pid}")
    print(f"Stop PostgreSQL: {postgres.how_to_stop}")
    print(f"Start it again: {postgres.how_to_start}")
    print("Ctrl-C ends all of it.", flush=True)


def _tell_of_ended(processes: list[Process]) -> None:
    for process in processes:
        if process.program.poll() is not None and not process.is_told:
            process.is_told = True
            print(f"{process.name} has ended ({process.program.returncode}); the others go on.", flush=True)


def _end(processes: list[Process]) -> None:
    """Ask all to end, then make them."""
    for process in processes:
        process.program.terminate()
    for process in processes:
        try:
            process.program.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            process.program.kill()
            process.program.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
