"""Comptoir as a process of its own, as `streamlit run app.py` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; a start takes two, on a busy machine many more


class Process:
    """A started Comptoir; `store` is its file."""

    def __init__(self, store: Path, address: str = "127.0.0.1", **settings: str) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        given = {name: value for name, value in os.environ.items() if not name.startswith(("COMPTOIR_", "SENDGRID_"))}
        given |= {"COMPTOIR_STORE": str(store), "COMPTOIR_SECRET": "for tests only", "COMPTOIR_API_KEY": "test-key"}
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        command += ["--server.port", str(self.port), "--server.address", address]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=given | settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def until_ready(self) -> dict[str, str]:
        """What /healthz says once all serves."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                raise AssertionError(f"it ended: {self.process.communicate()}")
            try:
                answer = httpx.get(f"{self.url}/healthz", timeout=5)
                if answer.status_code == 200:
                    told: dict[str, str] = answer.json()
                    return told
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError("it never answered")

    def ends(self, sign: signal.Signals | None = None) -> tuple[int, str]:
        """Its exit code and what it said on stderr; `sign` is sent first."""
        if sign:
            self.process.send_signal(sign)
        _out, told = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, told

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
